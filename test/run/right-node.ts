/** The oldest Node that runs the sources as they are, without a step that takes their types off. */
const NEEDED = 24;

const [major = '0'] = process.versions.node.split('.');
if (Number(major) < NEEDED) {
  const own = 'the one in node_modules/.bin, which npm run and npx use by themselves';
  throw new Error(`Tests need Node ${NEEDED} and were started with ${process.version}: start them with ${own}.`);
}
