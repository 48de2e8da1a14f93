import type { FieldProps } from '../web/field.tsx';
import { FileInput } from '../web/inputs.tsx';
import { Submit } from '../web/submit.tsx';
import { fileText } from './texts.ts';

/** What the button sends that leads to the page where a file is chosen. */
export const CHOOSE = 'choose-file';

interface FileChoiceProps extends FieldProps {
  readonly accept: string;
  /** on the button that sends the form with its file; left out, the form's own */
  readonly upload?: string;
}

/**
 * A file of a form that people fill in. Where scripts run it is chosen here, and one that is too large is refused at once (`upload-script.ts`).
 * Without them it is chosen on a page of its own, which sends it past the gateway.
 */
export function FileChoice({ upload, ...props }: FileChoiceProps) {
  return (
    <>
      <div data-scripted hidden>
        <FileInput {...props} />
        {upload && (
          <p>
            <Submit text={upload} look="second" name="action" value="upload" />
          </p>
        )}
      </div>
      <p data-unscripted>
        {props.hint && <span class="hint">{props.hint}</span>}
        <Submit text={fileText[props.form.language].choose} look="second" name="action" value={CHOOSE} />
      </p>
    </>
  );
}
