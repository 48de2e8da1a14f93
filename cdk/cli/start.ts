/** `npm start`: the stack, with its modules as they were compiled the last time. */
import './begin.ts';
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./serve.ts');
