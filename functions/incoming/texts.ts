import type { Bilingual } from '../../shared/domain/language.ts';

/** A file that is chosen on a page of its own. */
const zh = {
  choose: '选择文件…（在下一页）',
  title: '选择文件',
  lead: '您填写的内容都已保存（加密，一天后删除）。选好文件发送后，会回到刚才的表单。',
  hint: '最大 4 MB。更大的文件会告诉您，填写的内容不会丢失。',
  file: '文件',
  send: '发送文件',
  missing: '请先选择文件，文件不能是空的。',
};

const en: typeof zh = {
  choose: 'Choose a file… (on the next page)',
  title: 'Choose a file',
  lead: 'What you typed is kept, encrypted and for a day. When the file is sent you come back to your form.',
  hint: 'Up to 4 MB. If it is larger you are told so, and nothing you typed is lost.',
  file: 'File',
  send: 'Send the file',
  missing: 'Choose a file first. It must not be empty.',
};

export const fileText: Bilingual<typeof zh> = { zh, en };
