import { useEffect, useState } from 'preact/hooks';
import { act, asProblem, get, post, type Problem } from '../lib/api';
import type { Action, DecisionLine, DecisionPage, SearchJob } from '../lib/decisions';
import { actions } from '../lib/decisions';
import { factory } from '../lib/factory';
import { isUtc, local, money, number, utc } from '../lib/format';
import { go, to } from '../lib/router';
import { useStore } from '../lib/store';
import { token } from '../lib/token';
import type { Page } from '../nav';
import { ActionTag, OneLine, OutcomeTag, ScoreOf } from '../ui/decided';
import { ask } from '../ui/dialog';
import { Button, Card, Loading, Meter, ProblemNote, Tag, Time } from '../ui/parts';
import { DataTable, type Column } from '../ui/table';
import { Decision } from './decision';
import { Live } from './decisions/live';

const PAGE = 50;

function Decisions(props: { rest: string[] }) {
  const id = props.rest[0];
  return id ? <Decision key={id} id={id} /> : <List />;
}

/** What is asked for; all as typed. */
interface Asked {
  column: string;
  value: string;
  action: string;
  least: string;
  most: string;
  from: string;
  until: string;
}

const NOTHING: Asked = { column: 'entity', value: '', action: '', least: '', most: '', from: '', until: '' };

/** Times are typed in the factory's zone. */
function body(asked: Asked, cursor?: number): Record<string, unknown> {
  const score: Record<string, number> = {};
  if (asked.least !== '') {
    score.least = Number(asked.least);
  }
  if (asked.most !== '') {
    score.most = Number(asked.most);
  }
  return {
    limit: PAGE,
    ...(asked.value.trim() ? { where: { [asked.column]: asked.value.trim() } } : {}),
    ...(asked.action ? { actions: [asked.action] } : {}),
    ...(Object.keys(score).length > 0 ? { score } : {}),
    ...(asked.from ? { from: new Date(asked.from + 'Z').toISOString() } : {}),
    ...(asked.until ? { until: new Date(asked.until + 'Z').toISOString() } : {}),
    ...(cursor === undefined ? {} : { cursor }),
  };
}

interface Found {
  lines: DecisionLine[];
  next?: number | undefined;
  searchedTo?: string | undefined;
}

// What was found, and a search of older ones, stay while one decision is looked at.
let kept: { asked: Asked; found: Found } | undefined;
let older: SearchJob | undefined;

function List() {
  const [asked, setAsked] = useState<Asked>(kept?.asked ?? NOTHING);
  const [found, setFound] = useState<Found | undefined>(kept?.found);
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const append = (before: DecisionLine[], page: Partial<DecisionPage>): void => {
    const next = { lines: [...before, ...(page.decisions ?? [])], next: page.next, searchedTo: page.searched_to };
    kept = { asked: kept?.asked ?? asked, found: next };
    setFound(next);
  };
  const search = (cursor?: number): void => {
    setBusy(true);
    setProblem(undefined);
    older = undefined;
    post<DecisionPage>('/v1/decisions/search', body(asked, cursor)).then(
      (page) => {
        kept = { asked, found: { lines: [] } };
        append(cursor === undefined ? [] : (found?.lines ?? []), page);
        setBusy(false);
      },
      (failure: unknown) => {
        setProblem(asProblem(failure));
        setBusy(false);
      },
    );
  };
  useEffect(() => {
    if (!kept) {
      search();
    }
  }, []);
  return (
    <>
      <div class="page-head">
        <h1>Decisions</h1>
        <p class="note">As they happen, and as they were. A search is sent in a body: no address holds a customer.</p>
      </div>
      <Live />
      <Card title="Search">
        <Filters asked={asked} onChange={setAsked} onSearch={() => search()} onClear={() => setAsked(NOTHING)} busy={busy} />
        <div class="found" aria-live="polite" aria-busy={busy}>
          {problem && <ProblemNote problem={problem} retry={() => search()} />}
          {!found && !problem && <Loading what="decisions" />}
          {found && <FoundTable found={found} busy={busy} more={() => search(found.next)} />}
          {found?.next !== undefined && (
            <Older
              key={JSON.stringify([kept?.asked, found.next])}
              body={body(kept?.asked ?? asked, found.next)}
              done={(page) => append(found.lines, page)}
            />
          )}
        </div>
      </Card>
    </>
  );
}

function Filters(props: { asked: Asked; onChange: (asked: Asked) => void; onSearch: () => void; onClear: () => void; busy: boolean }) {
  const { asked, onChange } = props;
  const set = (name: keyof Asked) => (event: Event): void =>
    onChange({ ...asked, [name]: (event.currentTarget as HTMLInputElement).value });
  return (
    <form
      class="filters"
      onSubmit={(event) => {
        event.preventDefault();
        props.onSearch();
      }}
    >
      <label class="narrow">
        <span>Look in</span>
        <input list="columns" value={asked.column} onInput={set('column')} maxLength={200} required aria-describedby="look-in" />
        <datalist id="columns">
          <option value="entity">whom alerts are about</option>
          <option value="id">the id</option>
          {columnsSeen().map((name) => <option key={name} value={name} />)}
        </datalist>
      </label>
      <label class="wider"><span>for</span><input value={asked.value} onInput={set('value')} maxLength={500} placeholder="anything" /></label>
      <label class="narrow">
        <span>Action</span>
        <select value={asked.action} onChange={set('action')}>
          <option value="">any</option>
          {(Object.keys(actions) as Action[]).map((action) => <option key={action} value={action}>{actions[action].word}</option>)}
        </select>
      </label>
      <label class="short"><span>Score from</span><input type="number" min="0" max="1" step="any" value={asked.least} onInput={set('least')} /></label>
      <label class="short"><span>to</span><input type="number" min="0" max="1" step="any" value={asked.most} onInput={set('most')} /></label>
      <label class="moment"><span>From (UTC)</span><input type="datetime-local" value={asked.from} onInput={set('from')} /></label>
      <label class="moment"><span>Before (UTC)</span><input type="datetime-local" value={asked.until} onInput={set('until')} /></label>
      <div class="buttons">
        <button type="submit" class="button primary" disabled={props.busy}>{props.busy ? 'Searching …' : 'Search'}</button>
        <Button onClick={props.onClear}>Clear</Button>
      </div>
      <p class="note" id="look-in">
        <code>entity</code> is whom alerts are about, <code>id</code> the observation’s own; other columns by their names.
      </p>
    </form>
  );
}

function columnsSeen(): string[] {
  return kept?.found.lines[0]?.event.map((one) => one.name) ?? [];
}

function FoundTable(props: { found: Found; busy: boolean; more: () => void }) {
  const { found } = props;
  const currency = useStore(factory)?.currency ?? '';
  const columns: Column<DecisionLine>[] = [
    { key: 'at', head: 'When', cell: (line) => <Time at={line.at} form="exact" />, value: (line) => Date.parse(line.at) },
    { key: 'id', head: 'Id', cell: (line) => <OneLine text={line.id} href={to('decisions', line.id)} /> },
    { key: 'score', head: 'Score', align: 'end', cell: (line) => <ScoreOf line={line} />, value: (line) => line.score ?? null },
    { key: 'action', head: 'Action', cell: (line) => <ActionTag action={line.action} />, value: (line) => line.action ?? '' },
    { key: 'entity', head: 'Entity', cell: (line) => <OneLine text={line.entity} />, value: (line) => line.entity, title: 'Whom alerts are about' },
    { key: 'amount', head: 'Amount', align: 'end', cell: (line) => <span class="nowrap">{money(line.amount, currency, 2)}</span>, value: (line) => line.amount },
    { key: 'outcome', head: 'Outcome', cell: (line) => <OutcomeTag outcome={line.outcome} /> },
    { key: 'model', head: 'Model', wide: true, cell: (line) => <span class="mono muted">{line.model?.slice(0, 12) ?? '–'}</span> },
  ];
  const end = found.searchedTo && found.next !== undefined
    ? `Searched back to ${isUtc ? '' : `${local(found.searchedTo)} · `}${utc(found.searchedTo)} UTC.`
    : 'Searched back to the beginning, or to where you asked.';
  return (
    <>
      <DataTable
        caption="Decisions found, the newest first"
        columns={columns}
        rows={found.lines}
        rowKey={(line) => line.id}
        empty="No decision is like that."
        onOpen={(line) => go('decisions', line.id)}
        dense
      />
      <p class="note found-foot">
        {number(found.lines.length)} shown. {end}
        {found.next !== undefined && <Button onClick={props.more} disabled={props.busy}>{props.busy ? 'Searching …' : 'Search further back'}</Button>}
      </p>
    </>
  );
}

const ASK_MILLIS = 1000;

/** Everything that is older, as a job beside the serving: its progress, and what it found. */
function Older(props: { body: Record<string, unknown>; done: (page: Partial<DecisionPage>) => void }) {
  const [job, setJob] = useState<SearchJob | undefined>(older);
  const [problem, setProblem] = useState<Problem>();
  const isOwner = useStore(token) !== '';
  const known = (now: SearchJob | undefined): void => {
    older = now;
    setJob(now);
  };
  const begin = (): void => {
    setProblem(undefined);
    post<SearchJob>('/v1/decisions/searches', props.body).then(known, (failure: unknown) => setProblem(asProblem(failure)));
  };
  useEffect(() => {
    if (job?.state !== 'running') {
      return undefined;
    }
    const abort = new AbortController();
    const timer = window.setTimeout(() => {
      get<SearchJob>('/v1/decisions/searches/' + job.id, abort.signal).then(
        (now) => {
          if (now.state === 'done') {
            known(undefined);
            props.done(now);
          } else {
            known(now);
          }
        },
        (failure: unknown) => {
          if (abort.signal.aborted) {
            return;
          }
          const what = asProblem(failure);
          if (what.isSilence) {
            setJob({ ...job });
          } else {
            known(undefined);
            setProblem(what);
          }
        },
      );
    }, ASK_MILLIS);
    return () => {
      abort.abort();
      window.clearTimeout(timer);
    };
  }, [job]);
  if (job?.state === 'running') {
    const share = job.rows > 0 ? job.rows_done / job.rows : 0;
    return (
      <div class="older" role="status">
        <Meter share={share} label={`${number(job.rows_done)} of ${number(job.rows)} decisions looked at`} />
        <p class="note">
          Older ones are searched beside the serving: {number(job.rows_done)} of {number(job.rows)} looked at. You may go on meanwhile.
          {isOwner && <Button onClick={() => cancelSearch(job.job)}>Cancel …</Button>}
        </p>
      </div>
    );
  }
  return (
    <div class="older">
      {problem && <ProblemNote problem={problem} />}
      {job && <p class="note"><Tag tone="warn">{job.state}</Tag> The search of older ones has no result.</p>}
      <p class="note">
        <Button onClick={begin}>Search older too</Button> A page looks back 90 days. This looks at all that is older, as a job, and shows the first thousand.
      </p>
    </div>
  );
}

function cancelSearch(job: number): void {
  ask({
    title: 'Cancel the search',
    text: 'It ends without a result.',
    verb: 'Cancel it',
    danger: true,
    hint: 'I found it',
    run: (said) => act('jobs/cancel', { job: String(job), reason: said.reason, by: said.by }),
    done: 'The search is being cancelled.',
  });
}

/** Decisions as they happen, and as they were. */
export const decisions: Page = { path: 'decisions', title: 'Decisions', View: Decisions };
