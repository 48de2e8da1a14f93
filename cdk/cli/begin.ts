/**
 * What every command does before anything else, and so imports first. Whatever it writes is for its owner alone, however
 * wide the umask of whoever typed it is. `--settings FILE` names a file of variables (`NAME=value` a line), so that no secret
 * stands on a command line; what the environment has already counts.
 */
process.umask(0o077);
const at = process.argv.indexOf('--settings');
if (at >= 2) {
  const [, file = ''] = process.argv.splice(at, 2);
  try {
    process.loadEnvFile(file);
  } catch (error) {
    console.error(`--settings: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
