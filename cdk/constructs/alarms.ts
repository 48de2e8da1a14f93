import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  AlarmWidget,
  ComparisonOperator,
  Dashboard,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { metrics as measures } from '../../functions/env/measures.ts';
import { type AlarmSources, inRows, metricsOf } from './alarm-metrics.ts';
import { OperatorsTopic } from './operators-topic.ts';

/** Something that an operator must see to. */
interface Alarming {
  /** what it means to the people of the hub */
  readonly name: string;
  /** what to do */
  readonly description: string;
  readonly metric: IMetric;
  /** alarms when the metric is at least this; for `below`, less than this */
  readonly atLeast?: number;
  readonly below?: number;
}

const minutes = (many: number): number => Duration.minutes(many).toMilliseconds();

/** What AWS warns of at these shares, and pauses all mail at twice and five times as much. */
const ofSes = (
  { bounces, complaints, mailsOfDay }: ReturnType<typeof metricsOf>,
  mailQuota: number | undefined,
): Alarming[] => [
  {
    name: 'too many mails come back',
    description:
      'One of twenty mails came back: SES pauses whoever goes on so. Cases say to which addresses mail does not arrive; look whether somebody sends forms with made-up ones.',
    metric: bounces,
    atLeast: 0.05,
  },
  {
    name: 'mails are reported as unwanted',
    description:
      'One of a thousand mails was reported as unwanted: SES pauses whoever goes on so. Cases say who reported; look whether somebody enters addresses of others.',
    metric: complaints,
    atLeast: 0.001,
  },
  ...(mailQuota === undefined
    ? []
    : [
        {
          name: 'nearly as many mails were sent as the account may send in a day',
          description:
            'Eight of ten mails that SES lets the account send in a day are sent: those beyond wait, and people are told late. Ask AWS for a higher quota.',
          metric: mailsOfDay,
          atLeast: 0.8 * mailQuota,
        },
      ]),
];

/** Alarms named after what they mean to the hub; each says what to do. */
export class Alarms extends Construct {
  /** @param email who is told; nobody when undefined, then the alarms are seen in CloudWatch only */
  constructor(scope: Construct, id: string, sources: AlarmSources, email: string | undefined) {
    super(scope, id);
    const metrics = metricsOf(sources);
    const alarming: Alarming[] = [
      ...metrics.failedExecutions.map((metric, index) => ({
        name: `a case is stuck and nobody could be asked${index === 0 ? '' : ` (${index + 1})`}`,
        description:
          'An execution of a state machine ended in error: the hub could not even be given the task to mend it. Find the execution by its name, the case number; mend what its history names and start it again as caseId-(run + 1).',
        metric,
        atLeast: 1,
      })),
      {
        name: 'cases do not move on',
        description:
          'The relay set aside what was decided. The queue names the stream records; look into the relay’s log, mend it, and let the sweep ask again or redrive by hand.',
        metric: metrics.notRelayed,
        atLeast: 1,
      },
      {
        name: 'cases move on late',
        description:
          'What was decided reaches the workflows more than five minutes later. The relay is failing or throttled.',
        metric: metrics.relayDelay,
        atLeast: minutes(5),
      },
      {
        name: 'people were not told',
        description:
          'The notifier set aside events after trying for hours: mails were not sent. See to the mail server or to SES; the queue names the stream records.',
        metric: metrics.notNotified,
        atLeast: 1,
      },
      {
        name: 'people are told late',
        description:
          'Mails leave more than five minutes after what they tell of, critical ones too. The notifier is failing or throttled: look into its log, and at the mails that wait, on the page of operators.',
        metric: metrics.notifyDelay,
        atLeast: minutes(5),
      },
      {
        name: 'visitors see errors',
        description:
          'Several answers were server errors within five minutes. Look for the code unexpected in the logs of site, console and api.',
        metric: metrics.serverErrors,
        atLeast: 3,
      },
      {
        name: 'the table is at its limit',
        description: 'Reads or writes were throttled. They are tried again; if it lasts, raise the table’s limits.',
        metric: metrics.throttledTable,
        atLeast: 10,
      },
      {
        name: 'pages are at their limit',
        description:
          'Site, console or API were throttled: visitors were told to come again. If it lasts, ask AWS for more concurrency.',
        metric: metrics.throttledPages,
        atLeast: 10,
      },
      {
        name: 'an index is at its limit when it is written',
        description:
          'Writes to an index were throttled, and with them those to the table. They are tried again; if it lasts, one hub or programme writes more than a partition of an index takes.',
        metric: metrics.throttledIndexWrites,
        atLeast: 10,
      },
      {
        name: 'an index is at its limit when it is read',
        description: 'Inboxes and lists were throttled. They are tried again; if it lasts, look who asks for so many.',
        metric: metrics.throttledIndexReads,
        atLeast: 10,
      },
      {
        name: 'workflows are at their limit',
        description:
          'State transitions were throttled, so that cases move on late. If it lasts, ask AWS for more of them a second.',
        metric: metrics.throttledExecutions,
        atLeast: 10,
      },
      {
        name: 'the work in the background is at its limit',
        description: 'Functions were throttled. They are tried again; if it lasts, ask AWS for more concurrency.',
        metric: metrics.throttledBackground,
        atLeast: 10,
      },
      {
        name: 'the daily work fails',
        description:
          'A job ended in error, or the sweep could not begin one: look for daily-failed in the sweep’s log, and into the executions of the jobs machine. The sweep asks for another run every hour.',
        metric: metrics.failedDaily,
        atLeast: 1,
      },
      {
        name: 'personal data is kept too long',
        description:
          'A case is due to be erased for more than two days. Look for erasures-late in the sweep’s log, which says for how long, and for erase-failed in the log of jobs.',
        metric: metrics.erasureLag,
        atLeast: measures.ErasureLag.late,
      },
      {
        name: 'changes are not seen to be anchored',
        description:
          'For more than thirty hours it was not seen that every change is anchored. Look for anchors-late in the sweep’s log and for errors in that of jobs.',
        metric: metrics.anchorLag,
        atLeast: measures.AnchorLag.late,
      },
      {
        name: 'mails are not taken',
        description:
          'A mail has waited for more than two hours: the mail server or SES takes none from us (password, sender, sandbox, quota, paused). The page of operators says why. Nothing is lost for five days.',
        metric: metrics.mailLag,
        atLeast: measures.MailLag.late,
      },
      {
        name: 'a key is to be deleted',
        description:
          'A key in KMS is to be deleted or may not be used: without it no personal data and no private link can be read again, for ever. Cancel the deletion within its days (aws kms cancel-key-deletion, enable-key), then look who asked for it.',
        metric: metrics.keysUnusable,
        atLeast: measures.KeysUnusable.late,
      },
      {
        name: 'nearly as many cases are open as the account allows',
        description:
          'Eight of ten executions that may be open at a time are: beyond that no case begins. Ask AWS for more open executions.',
        metric: metrics.openExecutions,
        atLeast: 0.8,
      },
      {
        name: 'keys are asked nearly as often as the account allows',
        description:
          'The account makes eight of ten calls a second that KMS allows it: beyond that some are refused, and what is personal can then not be read or sealed. Look who in the account asks so often, or ask AWS for more.',
        metric: metrics.keysAsked,
        atLeast: 0.8,
      },
      {
        name: 'nobody looks for lagging cases',
        description:
          'The sweep did not run, or failed, in the last two hours. Without it, news that a stream lost stays lost.',
        metric: metrics.sweeps,
        below: 1,
      },
    ];
    if (sources.throughSes) alarming.push(...ofSes(metrics, sources.mailQuota));
    const topic = email === undefined ? undefined : new OperatorsTopic(this, 'Operators', email);
    const all: Alarm[] = [];
    for (const { name, description, metric, atLeast, below } of alarming) {
      const alarm = new Alarm(this, name, {
        alarmName: `${Stack.of(this).stackName}: ${name}`,
        alarmDescription: description,
        metric,
        threshold: atLeast ?? below ?? 0,
        comparisonOperator:
          below === undefined
            ? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
            : ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: 1,
        // silence is good, except of what must be heard every hour
        treatMissingData: below === undefined ? TreatMissingData.NOT_BREACHING : TreatMissingData.BREACHING,
      });
      if (topic) alarm.addAlarmAction(new SnsAction(topic));
      all.push(alarm);
    }
    const { stackName } = Stack.of(this);
    new Dashboard(this, 'Dashboard', {
      dashboardName: stackName,
      widgets: [
        [new AlarmStatusWidget({ title: stackName, alarms: all, width: 24, height: 6 })],
        ...inRows(
          all.map((alarm, index) => new AlarmWidget({ title: alarming[index]?.name ?? '', alarm, width: 8 })),
          3,
        ),
      ],
    });
  }
}
