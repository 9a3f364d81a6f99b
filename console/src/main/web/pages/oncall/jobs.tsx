import { act, useResource } from '../../lib/api';
import { bytes, duration, number, percent } from '../../lib/format';
import { useDone } from '../../lib/stream';
import { ask } from '../../ui/dialog';
import { Button, Card, Empty, Meter, Read, Tag, Time } from '../../ui/parts';

interface Cost {
  rows: number;
  seconds: number;
  memory_bytes: number;
  disk_bytes: number;
}

interface Job {
  id: number;
  kind: string;
  subject: string;
  stage: string;
  started_at: string;
  rows_done: number;
  cost: Cost;
}

interface JobsView {
  running: Job[];
  next?: { kind: string; at: string; cost: Cost };
}

const EVERY_MILLIS = 15_000;

/** Long work that runs beside the serving, and what comes next. */
export function Jobs() {
  const jobs = useResource<JobsView>('/v1/jobs', EVERY_MILLIS);
  useDone(jobs.reload);
  return (
    <Card title="Jobs" note="Long work beside the serving." id="jobs">
      <Read resource={jobs} what="jobs">
        {(read) => (
          <>
            {read.running.length === 0 && <Empty title="Nothing runs." />}
            <ul class="jobs">
              {read.running.map((job) => <Running key={job.id} job={job} reload={jobs.reload} />)}
            </ul>
            {read.next && (
              <p class="note">
                Next: a {read.next.kind} at <Time at={read.next.at} />, expected to take {cost(read.next.cost)}.
              </p>
            )}
          </>
        )}
      </Read>
    </Card>
  );
}

function cost(of: Cost): string {
  const time = of.seconds > 0 ? [duration(of.seconds * 1000)] : [];
  return [...time, `${number(of.rows)} rows`, `${bytes(of.memory_bytes)} of memory`, ...(of.disk_bytes > 0 ? [`${bytes(of.disk_bytes)} of disk`] : [])].join(', ');
}

function Running({ job, reload }: { job: Job; reload: () => void }) {
  const share = job.cost.rows > 0 ? Math.min(1, job.rows_done / job.cost.rows) : 0;
  const counted = job.rows_done > 0;
  return (
    <li class="job">
      <div class="job-head">
        <strong>{job.kind}</strong> <span class="break">{job.subject}</span>
        {job.stage && <Tag tone="warn">{job.stage}</Tag>}
        <span class="note">since <Time at={job.started_at} form="clock" only="viewer" /></span>
      </div>
      {counted && (
        <>
          <Meter share={share} label={`${number(job.rows_done)} of about ${number(job.cost.rows)} rows`} />
          <p class="note">{percent(share, 0)}: {number(job.rows_done)} of about {number(job.cost.rows)} rows</p>
        </>
      )}
      <p class="note">Expected: {cost(job.cost)}.</p>
      {!job.stage && <div class="buttons"><Button onClick={() => cancel(job, reload)}>Cancel …</Button></div>}
    </li>
  );
}

function cancel(job: Job, reload: () => void): void {
  ask({
    title: `Cancel the ${job.kind}`,
    text:
      job.kind === 'backfill'
        ? 'The features that are being computed are withdrawn.'
        : job.kind === 'search'
        ? 'Whoever searches older decisions gets no result.'
        : job.kind === 'snapshot'
        ? 'No snapshot is kept; it is tried again later.'
        : 'The training counts as done, without a challenger; the next one comes as planned.',
    verb: 'Cancel it',
    danger: true,
    hint: 'It takes memory that is needed elsewhere',
    run: (said) => act('jobs/cancel', { job: String(job.id), reason: said.reason, by: said.by }).then(reload),
    done: `The ${job.kind} is being cancelled.`,
  });
}
