/**
 * Refuses, where it is chosen, a file that is larger than one request can carry: the gateway would answer with bare JSON,
 * and what was typed would be gone. Without it the file of a form is chosen on a page of its own (`incoming/file-choice.tsx`).
 */
export const uploadScript = `
for (const each of document.querySelectorAll('[data-scripted]')) each.hidden = false;
for (const each of document.querySelectorAll('[data-unscripted]')) each.hidden = true;
for (const input of document.querySelectorAll('input[type=file][data-most]')) {
  const alarm = document.createElement('p');
  alarm.className = 'field-error';
  alarm.setAttribute('role', 'alert');
  input.before(alarm);
  const check = () => {
    const bytes = [...input.files].reduce((sum, file) => sum + file.size, 0);
    alarm.textContent = bytes > Number(input.dataset.most) ? input.dataset.tooLarge : '';
    return alarm.textContent === '';
  };
  input.addEventListener('change', check);
  input.form?.addEventListener('submit', (event) => {
    if (check()) return;
    event.preventDefault();
    input.focus();
  });
}
`.trimStart();
