import { startLocalCloud } from '../../cdk/local/index.ts';

// A local cloud in a process of its own, to be killed: prints where it is when it is ready. SIGUSR2 ends its table engine.
const [assembly = '', dataDir = '', publicUrl] = process.argv.slice(2);
const cloud = await startLocalCloud({
  assembly,
  dataDir,
  port: 0,
  ...(publicUrl !== undefined && { publicUrl, smtpUrl: 'smtp://127.0.0.1:9' }),
});
process.on('SIGUSR2', () => void cloud.crashTables());
console.log(
  JSON.stringify({
    url: cloud.url,
    endpointUrl: cloud.endpointUrl,
    controlKey: cloud.controlKey,
    keys: cloud.credentialsFor('administrator'),
  }),
);
