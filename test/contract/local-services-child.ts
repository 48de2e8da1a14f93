import { startLocalCloud } from '../../cdk/local/index.ts';

// A local cloud in a process of its own, to be killed: prints where it is when it is ready.
const [assembly = '', dataDir = ''] = process.argv.slice(2);
const cloud = await startLocalCloud({ assembly, dataDir, port: 0 });
console.log(
  JSON.stringify({
    url: cloud.url,
    endpointUrl: cloud.endpointUrl,
    controlKey: cloud.controlKey,
  }),
);
