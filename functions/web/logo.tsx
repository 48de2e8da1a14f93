/** The mark: a baton passing from one hand's lane into the next. Colours come from the stylesheet. */
export function Logo() {
  return (
    <svg class="baton" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
      <path class="baton-from" d="M4 21.5 15.2 10.3a3.5 3.5 0 0 1 5 5L9 26.5a3.5 3.5 0 0 1-5-5Z" />
      <path class="baton-to" d="M12 16.7 23 5.5a3.5 3.5 0 0 1 5 5L16.8 21.7a3.5 3.5 0 0 1-4.8-5Z" />
    </svg>
  );
}

/** The same mark as a file of its own, for browser tabs. */
export const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0d4f4a"/><path fill="#9fd0c4" d="M5.6 20.8l9.5-9.5a3.2 3.2 0 0 1 4.6 4.6l-9.5 9.5a3.2 3.2 0 0 1-4.6-4.6z"/><path fill="#ff7a59" d="M12.4 16.1l9.4-9.5a3.2 3.2 0 0 1 4.6 4.6l-9.5 9.5a3.2 3.2 0 0 1-4.5-4.6z"/></svg>`;
