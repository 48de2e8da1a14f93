interface SubmitProps {
  readonly text: string;
  /** what it looks like; left out, the first button of its form */
  readonly look?: 'second' | 'danger' | 'link' | undefined;
  /** what it is about, for who hears the page and cannot see beside what the button stands */
  readonly of?: string;
  readonly name?: string;
  readonly value?: string;
  /** where this button sends the form instead */
  readonly formaction?: string;
}

const classes = { second: 'button second', danger: 'button danger', link: 'link-button' };

/** The button that sends a form. */
export function Submit({ text, look, of, ...more }: SubmitProps) {
  return (
    <button type="submit" class={look ? classes[look] : 'button'} {...more}>
      {text}
      {of && <span class="unseen">: {of}</span>}
    </button>
  );
}
