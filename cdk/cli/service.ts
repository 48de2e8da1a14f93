import './begin.ts';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isRecipient } from './archive.ts';
import { fail } from './settings.ts';
import { units } from './units.ts';

const USAGE = `Usage: npm run service -- FOLDER [--user jieli] [--data /var/lib/jieli] [--variables /etc/jieli/jieli.env]
                             [--parties /etc/jieli/parties.json] [--backups /var/backups/jieli] [--to age1…]
  writes units of systemd and a file of settings to fill in into FOLDER; nothing else is changed`;

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        user: { type: 'string', default: 'jieli' },
        data: { type: 'string', default: '/var/lib/jieli' },
        variables: { type: 'string', default: '/etc/jieli/jieli.env' },
        parties: { type: 'string', default: '/etc/jieli/parties.json' },
        backups: { type: 'string', default: '/var/backups/jieli' },
        to: { type: 'string' },
      },
    });
  } catch {
    return fail(USAGE);
  }
}

const { values, positionals } = readArguments();
const [where = fail(USAGE), ...more] = positionals;
if (more.length > 0) fail(USAGE);
if (!/^[a-z_][a-z0-9_-]*$/.test(values.user)) fail(`--user: ${values.user} is no name of an account.`);
if (values.to !== undefined && !isRecipient(values.to)) fail(`--to: ${values.to} is no public key of age.`);
const folder = resolve(where);
const [dataDir, settings, parties, backups] = [values.data, values.variables, values.parties, values.backups].map(
  (path) => resolve(path),
);
if (!dataDir || !settings || !parties || !backups) fail(USAGE);

mkdirSync(folder, { recursive: true });
const written = Object.entries(units({ user: values.user, dataDir, settings, parties, backups, recipient: values.to }));
for (const [name] of written) {
  if (existsSync(join(folder, name))) fail(`${join(folder, name)} is there already; nothing is overwritten.`);
}
for (const [name, text] of written) writeFileSync(join(folder, name), text);

/** A word as a shell takes it. */
const word = (text: string) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
const user = values.user;
console.log(`${folder} has ${written.map(([name]) => name).join(', ')}. Then, as root:

  useradd --system --home-dir ${word(dataDir)} ${user}
  install -d -m 0700 -o ${user} ${word(dataDir)} ${word(backups)}
  install -D -m 0600 ${word(join(folder, 'jieli.env'))} ${word(settings)}          # and fill it in
  install -D -m 0640 -g ${user} parties.json ${word(parties)}
  install -m 0644 ${word(folder)}/jieli*.service ${word(folder)}/jieli-backup.timer /etc/systemd/system/
  systemctl daemon-reload
  systemctl enable --now jieli.service jieli-backup.timer

journalctl -u jieli shows what it says; systemctl list-timers and --failed whether backups are made. Take them to another machine.`);
