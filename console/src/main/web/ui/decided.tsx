import './decided.css';
import { useEffect, useState } from 'preact/hooks';
import { actions, giveVerdict, work, type Action, type DecisionLine, type Known, type VerdictForm, type WorkState } from '../lib/decisions';
import { digits, number, percent } from '../lib/format';
import { useStore } from '../lib/store';
import { remember, token, who } from '../lib/token';
import { names, tellEach, type Told } from '../lib/verdicts';
import { Tag } from './parts';
import { say } from './toast';

/** What was decided, in a word. */
export function ActionTag(props: { action: string | undefined }) {
  const known = actions[props.action as Action];
  if (!known) {
    return <Tag title="No model served">not decided</Tag>;
  }
  return known.tone === 'plain' ? <span class="muted" title={known.text}>{known.word}</span> : <Tag tone={known.tone} title={known.text}>{known.word}</Tag>;
}

/** What became of it, in a word. */
export function OutcomeTag(props: { outcome: Known | undefined }) {
  const { outcome } = props;
  if (!outcome) {
    return <span class="muted">open</span>;
  }
  const word = outcome.positive ? 'fraud' : 'genuine';
  if (!outcome.positive && outcome.definitive) {
    return <span class="muted" title="By the label">genuine</span>;
  }
  return (
    <Tag tone={outcome.positive ? 'bad' : 'good'} title={outcome.definitive ? 'By the label' : 'By a verdict, until the label is known'}>
      {word}{outcome.definitive ? '' : ' (verdict)'}
    </Tag>
  );
}

/** A text of any length on one line; all of it where the pointer rests. */
export function OneLine(props: { text: string; href?: string; strong?: boolean; id?: string }) {
  const { text, href, strong, id } = props;
  const shown = <span class={'one-line mono' + (strong ? ' strong' : '')} title={text} data-id={id}>{text}</span>;
  return href ? <a href={href}>{shown}</a> : shown;
}

/** A score with its place below or above the threshold. */
export function Score(props: { score: number | null | undefined; threshold?: number | null | undefined }) {
  const { score, threshold } = props;
  if (score === null || score === undefined) {
    return <span class="muted">–</span>;
  }
  const isOver = typeof threshold === 'number' && score >= threshold;
  const many = digits(score, threshold, 3);
  return (
    <span class={'score' + (isOver ? ' over' : '')} title={typeof threshold === 'number' ? `threshold ${number(threshold, many)}` : undefined}>
      <span class="score-bar" aria-hidden="true"><span style={{ width: `${Math.round(100 * Math.min(1, Math.max(0, score)))}%` }} /></span>
      {number(score, many)}
    </span>
  );
}

export function ScoreOf(props: { line: DecisionLine }) {
  return <Score score={props.line.score} threshold={props.line.threshold} />;
}

/** Where the work on an alert stands. */
export function WorkTag(props: { work: WorkState }) {
  const { work } = props;
  if (work.status === 'closed') {
    return <Tag tone="good" title={`by ${work.closed?.by ?? ''}`}>closed</Tag>;
  }
  if (work.status === 'answered') {
    return <Tag tone="good" title="Its outcome is known">answered</Tag>;
  }
  return work.status === 'claimed' ? <Tag tone="info">{work.claimed?.by ?? ''}</Tag> : <Tag tone="warn">open</Tag>;
}

/** The name of who acts: asked once, and remembered. */
function useName(): [string, (name: string) => void] {
  const [name, setName] = useState(who());
  useEffect(() => setName(who()), []);
  return [
    name,
    (next) => {
      remember(next.trim());
      setName(next);
    },
  ];
}

/** Who acts on this page, and why they cannot. */
export interface Actor {
  /** Without blanks around it; empty for nobody. */
  name: string;
  /** As it is being typed. */
  typed: string;
  setName: (name: string) => void;
  isOwner: boolean;
  /** In words; empty for who may act. */
  hindrance: string;
}

/** Who has the owner's token and a name may act. */
export function useActor(): Actor {
  const [typed, setName] = useName();
  const isOwner = useStore(token) !== '';
  const name = typed.trim();
  const nameless = name ? '' : 'Say who you are first: your name stands on record.';
  const hindrance = isOwner ? nameless : 'You can look, not act: this page was opened without the owner’s token.';
  return { name, typed, setName, isOwner, hindrance };
}

/** Asks who acts. */
export function NameField(props: { name: string; onChange: (name: string) => void }) {
  return (
    <label class="name-field">
      <span>Who you are</span>
      <input value={props.name} maxLength={80} autocomplete="name" placeholder="Your name" onInput={(event) => props.onChange(event.currentTarget.value)} />
    </label>
  );
}

/** A verdict in words. */
export function verdictWords(positive: boolean | null): string {
  return positive === null ? 'Verdict taken back' : positive ? 'Marked as fraud' : 'Marked as genuine';
}

/** A verdict on some observations. */
export interface Verdict {
  form: VerdictForm;
  ids: readonly string[];
  /** Those of them that are alerts: that their score was seen goes on record before the verdict does. */
  alerts: readonly string[];
  /** Null takes it back. */
  positive: boolean | null;
  by: string;
}

/** Tells a verdict, each by itself. */
export function tellEachVerdict(verdict: Verdict): Promise<Told> {
  const { form, ids, alerts, positive, by } = verdict;
  return tellEach(ids, async (id) => {
    if (positive !== null && alerts.includes(id)) {
      await work('seen', [id], by);
    }
    await giveVerdict(form, id, positive, by);
  });
}

/** Tells a verdict and says how that went. */
export async function tellVerdict(verdict: Verdict): Promise<Told> {
  const told = await tellEachVerdict(verdict);
  if (told.done.length > 0) {
    say(`${verdictWords(verdict.positive)}: ${told.done.length === 1 ? (told.done[0] ?? '') : number(told.done.length)}.`);
  }
  if (told.why) {
    say([`Not ${names(told.failed)}:`, told.why.what, told.why.advice].join(' '), 'bad');
  }
  return told;
}

/** What each feature added to a score: bars to the right speak for fraud, to the left against it. */
export function SignedBars(props: { bars: { label: string; value: number }[]; describe: string }) {
  const most = Math.max(1e-9, ...props.bars.map((bar) => Math.abs(bar.value)));
  return (
    <div class="signed-bars" role="list" aria-label={props.describe}>
      {props.bars.map((bar) => (
        <div class="signed-bar" role="listitem" key={bar.label}>
          <span class="signed-label break">{bar.label}</span>
          <span class="signed-track" aria-hidden="true">
            <span
              class={bar.value >= 0 ? 'up' : 'down'}
              style={{ width: `${(50 * Math.abs(bar.value)) / most}%`, [bar.value >= 0 ? 'left' : 'right']: '50%' }}
            />
          </span>
          <span class="signed-value">{signed(bar.value)}</span>
        </div>
      ))}
    </div>
  );
}

function signed(value: number): string {
  return (value >= 0 ? '+' : '−') + number(Math.abs(value), 2);
}

/** Where a value lies in a range: a line from low to high, a tick at the median, a dot for the value. */
export function InRange(props: { value: number; low: number; median: number; high: number; label: string }) {
  const from = Math.min(props.low, props.value);
  const until = Math.max(props.high, props.value);
  const at = (x: number): number => (until > from ? 4 + (92 * (x - from)) / (until - from) : 50);
  const isOut = props.value < props.low || props.value > props.high;
  return (
    <svg class={'in-range' + (isOut ? ' out' : '')} viewBox="0 0 100 14" preserveAspectRatio="none" role="img" aria-label={props.label}>
      <line x1={at(props.low)} x2={at(props.high)} y1="7" y2="7" class="range" />
      <line x1={at(props.median)} x2={at(props.median)} y1="2" y2="12" class="median" />
      <line x1={at(props.value)} x2={at(props.value)} y1="1" y2="13" class="value" />
    </svg>
  );
}

/** How a number of any size is written: few digits, and no noise. */
export function plain(value: number | null): string {
  if (value === null || !Number.isFinite(value)) {
    return '–';
  }
  const size = Math.abs(value);
  return number(value, Number.isInteger(value) || size >= 1000 ? 0 : size >= 10 ? 2 : 3);
}

export function share(part: number, of: number): string {
  return of > 0 ? percent(part / of, 0) : '–';
}
