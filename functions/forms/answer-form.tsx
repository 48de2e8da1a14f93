import type { Child } from 'hono/jsx';
import type { OpenTask } from '../../shared/domain/task.ts';
import type { FormView } from '../web/form-view.ts';
import { Hidden } from '../web/inputs.tsx';
import { Submit } from '../web/submit.tsx';

export interface AnswerProps {
  readonly form: FormView;
  readonly secret: string;
  readonly task: OpenTask;
}

interface AnswerFormProps extends AnswerProps {
  readonly outcome: string;
  readonly title: string;
  readonly action: string;
  readonly children?: Child;
}

/** A form by which an applicant answers the task that the case waits for. */
export function AnswerForm({ secret, task, outcome, title, action, children }: AnswerFormProps) {
  return (
    <section class="card answer">
      <h2>{title}</h2>
      <form method="post" action={`/track/${secret}/tasks/${task.id}`} novalidate>
        <Hidden name="outcome" value={outcome} />
        <Hidden name="once" value={crypto.randomUUID()} />
        {children}
        <Submit text={action} />
      </form>
    </section>
  );
}
