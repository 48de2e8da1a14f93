import { dirname, join } from 'node:path';

/** What a machine's units are written for. */
export interface UnitOptions {
  /** the account that runs the stack, of no use for anything else */
  readonly user: string;
  readonly dataDir: string;
  /** a file of variables that only root reads */
  readonly settings: string;
  readonly parties: string;
  /** where backups go, from where they are taken away */
  readonly backups: string;
  /** the public key of age that backups are encrypted to */
  readonly recipient: string | undefined;
}

const root = dirname(dirname(import.meta.dirname));
const node = join(root, 'node_modules/.bin/node');

/** A word of a unit's command line: what systemd would replace in it is taken as it stands. */
function word(text: string): string {
  const plain = text.replaceAll('%', '%%').replaceAll('$', '$$$$');
  return /^[\w@%+=:,./-]+$/.test(plain) ? plain : `"${plain.replace(/["\\]/g, '\\$&')}"`;
}

function command(script: string, ...args: string[]): string {
  return [node, join(root, 'cdk/cli', script), ...args].map(word).join(' ');
}

/** What both services have: their account, what it may write, and where settings come from. */
function account({ user, settings, dataDir }: UnitOptions, ...writable: string[]): string {
  return `User=${user}
Group=${user}
UMask=0077
WorkingDirectory=${root.replaceAll('%', '%%')}
Environment=${word(`JIELI_DATA=${dataDir}`)}
EnvironmentFile=${settings.replaceAll('%', '%%')}
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths=${[dataDir, ...writable].map(word).join(' ')}`;
}

/** The units of systemd by the name of their file: the stack, its backup, and when that is made. */
export function units(options: UnitOptions): Readonly<Record<string, string>> {
  const { dataDir, parties, backups, recipient } = options;
  const to = recipient === undefined ? [] : ['--to', recipient];
  return {
    'jieli.service': `[Unit]
Description=Jieli
Wants=network-online.target
After=network-online.target

[Service]
Type=exec
ExecStart=${command('start.ts', '--empty', '--parties', parties)}
Restart=on-failure
RestartSec=5
# settings that are not right: nothing but a person mends them
RestartPreventExitStatus=78
# the stack stops what it has started; whatever is left then is ended
KillMode=mixed
TimeoutStopSec=60
${account(options)}

[Install]
WantedBy=multi-user.target
`,
    'jieli-backup.service': `[Unit]
Description=A backup of Jieli

[Service]
Type=oneshot
ExecStart=${command('backup.ts', backups, '--keep', '14', ...to)}
Nice=10
${account(options, backups)}
`,
    'jieli-backup.timer': `[Unit]
Description=A backup of Jieli every night

[Timer]
OnCalendar=*-*-* 03:17
RandomizedDelaySec=10min
Persistent=yes

[Install]
WantedBy=timers.target
`,
    'jieli.env': `# ${dataDir} is served with these. One a line, without quotation marks; for root alone: chmod 0600.
PORT=3000
JIELI_PUBLIC_URL=https://hub.example.org
JIELI_OIDC_ISSUER=https://sign-in.example.org
JIELI_OIDC_CLIENT_ID=jieli
# whatever is no letter or digit in user and password is percent-encoded: @ is %40
JIELI_SMTP_URL=smtps://USER:PASSWORD@mail.example.org
JIELI_MAIL_FROM=hub@example.org
# who is told when something must be seen to, once when it begins and once when it is over: by mail, and by a POST of JSON to an address of yours
JIELI_ALARM_EMAIL=admin@example.org
#JIELI_ALARM_URL=https://alarms.example.org/jieli
`,
  };
}
