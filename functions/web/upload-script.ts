/**
 * Refuses, where it is chosen, a file that is larger than one request can carry: the gateway would answer with bare JSON,
 * and what was typed would be gone. Without it the page works as before, with the limit in its words.
 */
export const uploadScript = `
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
