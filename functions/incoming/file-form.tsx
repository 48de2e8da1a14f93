import type { Child } from 'hono/jsx';
import { Hidden } from '../web/inputs.tsx';
import type { FileForm as Signed } from './incoming.ts';

/** A form that sends a file past the gateway. Its fields come first: of what follows a file the bucket takes no notice. */
export function FileForm({ form, children }: { readonly form: Signed; readonly children: Child }) {
  return (
    <form class="panel" method="post" action={form.action} enctype="multipart/form-data">
      {Object.entries(form.fields).map(([name, value]) => (
        <Hidden name={name} value={value} />
      ))}
      {children}
    </form>
  );
}
