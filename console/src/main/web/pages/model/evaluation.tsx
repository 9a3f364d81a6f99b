import { placed, places } from '../../lib/calibration';
import { number, percent, short } from '../../lib/format';
import type { Drawn, Model, OnSegment, ScoreBin, Side } from '../../lib/learning';
import { Chart, type Series } from '../../ui/chart';
import { Card, Empty, Tag, Time } from '../../ui/parts';
import { DataTable } from '../../ui/table';
import { Version } from '../learning/models';

/** How it was held against who served. */
export function Judged(props: { model: Model }) {
  const one = props.model.judgement;
  if (!one) {
    return null;
  }
  return (
    <Card title="How it was judged" note={<>On <Time at={one.at} />, against <Version id={one.champion} />, on observations that neither was fitted on.</>}>
      <p class="lead">
        <Tag tone={one.passed ? 'good' : 'plain'}>{one.passed ? 'Passed' : 'Held'}</Tag> Average precision <strong>{number(one.challenger_average_precision, 3)}</strong> against{' '}
        {number(one.champion_average_precision, 3)} over {number(one.positives)} frauds; its gain is at least {number(one.gain_low, 3)}.
      </p>
      <p>{one.reason}</p>
    </Card>
  );
}

/** Its curves, beside those of whom it was held against. */
export function Pictures(props: { model: Model }) {
  const evaluation = props.model.evaluation;
  if (!evaluation) {
    return (
      <Card title="Curves">
        <Empty title="Nothing was drawn of this version.">
          {props.model.learner === 'rules' || props.model.learner === 'constant' ? 'Nothing was learnt, so nothing was judged.' : 'It was fitted before curves were kept, or outside the factory.'}
        </Empty>
      </Card>
    );
  }
  const drawn = evaluation.drawn;
  const rival = drawn.opponent ? short(drawn.opponent.version) : '';
  return (
    <>
      <div class="grid">
        <div class="half">
          <Card title="Precision over recall" note={`${number(drawn.rows)} held-out observations, ${number(drawn.positives)} of them positive.`}>
            <PrecisionRecall drawn={drawn} rival={rival} />
          </Card>
        </div>
        <div class="half">
          <Card title="Calibration" note="Where a score means what it says, the share of frauds is the mean score. Bands are 95 % intervals.">
            <Calibration drawn={drawn} rival={rival} />
          </Card>
        </div>
      </div>
      <Card title="Where scores lie" note={rival ? `The same observations, scored by this version and by ${rival}, who served.` : 'Held-out observations by their score.'}>
        <Distribution drawn={drawn} rival={rival} />
      </Card>
    </>
  );
}

const GRID = Array.from({ length: 101 }, (_, i) => i / 100);

function curve(side: Side): (number | null)[] {
  return GRID.map((recall) => side.precision_recall.find(([, at]) => at >= recall - 1e-9)?.[2] ?? null);
}

function PrecisionRecall(props: { drawn: Drawn; rival: string }) {
  const { model, opponent } = props.drawn;
  if (model.precision_recall.length === 0) {
    return <Empty title="There was no fraud among them, so there is no curve." />;
  }
  const series: Series[] = [{ label: `This version, ${number(model.average_precision, 3)}`, values: curve(model), points: false }];
  if (opponent) {
    series.push({ label: `${props.rival}, ${number(opponent.average_precision, 3)}`, values: curve(opponent), points: false });
  }
  return (
    <Chart
      describe={`Precision over recall: average precision ${number(model.average_precision, 3)}${opponent ? ` against ${number(opponent.average_precision, 3)} of ${props.rival}` : ''}.`}
      x={GRID}
      xLabel="Recall"
      xText={(x) => percent(x, 0)}
      series={series}
      yLabel="Precision"
      yText={(y) => percent(y, 0)}
      yMin={0}
      yMax={1}
      height={280}
    />
  );
}

function edge(value: number): string {
  return value === 0 || value >= 0.01 ? percent(value, 0) : percent(value, 1);
}

function Calibration(props: { drawn: Drawn; rival: string }) {
  const { model, opponent } = props.drawn;
  const x = places(model.scores, opponent?.scores ?? []);
  const own = placed(model.scores, x);
  const series: Series[] = [{ label: 'This version', values: own.share, low: own.low, high: own.high, points: true, across: true }];
  if (opponent) {
    const other = placed(opponent.scores, x);
    series.push({ label: props.rival, values: other.share, low: other.low, high: other.high, points: true, across: true });
  }
  series.push({ label: 'Ideal', colour: 3, values: x, points: false });
  return (
    <Chart
      describe={`Calibration: the share of frauds over the mean score, in ${model.scores.length} bins of this version${opponent ? ` and ${opponent.scores.length} of ${props.rival}` : ''}; on the ideal line both are the same.`}
      x={x}
      xLabel="Mean score"
      xText={(at) => percent(at, at === 0 || at >= 0.01 ? 0 : 1)}
      series={series}
      yLabel="Share of frauds"
      yText={(y) => percent(y, 0)}
      yMin={0}
      yMax={1}
      height={280}
    />
  );
}

/** The shares of frauds, and of the others, in each bin of the score. */
function Distribution(props: { drawn: Drawn; rival: string }) {
  const { model, opponent } = props.drawn;
  const edges = [...new Set([...model.scores, ...(opponent?.scores ?? [])].map((bin) => bin.from))].sort((a, b) => a - b);
  const shares = (side: Side, of: (bin: ScoreBin) => number): (number | null)[] => {
    const all = side.scores.reduce((sum, bin) => sum + of(bin), 0);
    return edges.map((from) => {
      const bin = side.scores.find((one) => one.from === from);
      return all === 0 ? null : bin ? of(bin) / all : 0;
    });
  };
  const frauds = (bin: ScoreBin): number => bin.positives;
  const others = (bin: ScoreBin): number => bin.rows - bin.positives;
  const series: Series[] = [
    { label: 'Frauds, this version', colour: 6, values: shares(model, frauds), points: true },
    { label: 'Genuine, this version', colour: 1, dash: [8, 4], values: shares(model, others), points: true },
  ];
  if (opponent) {
    series.push(
      { label: `Frauds, ${props.rival}`, colour: 6, dash: [2, 3], values: shares(opponent, frauds), points: true },
      { label: `Genuine, ${props.rival}`, colour: 1, dash: [10, 4, 2, 4], values: shares(opponent, others), points: true },
    );
  }
  return (
    <Chart
      describe="The shares of frauds and of genuine observations by score: the further apart, the better."
      x={edges.map((_, i) => i)}
      xLabel="Score"
      xText={(x) => (edges[x] === undefined ? '' : `from ${edge(edges[x] as number)}`)}
      series={series}
      yLabel="Share of observations"
      yText={(y) => percent(y, 0)}
      yMin={0}
      yMax={1}
      height={260}
    />
  );
}

interface SegmentRow {
  name: string;
  condition: string;
  rows: number | undefined;
  positives: number;
  own: number | null;
  other: number | null;
  judged: OnSegment | undefined;
}

/** How it does on each named segment. */
export function Segments(props: { model: Model }) {
  const { evaluation, judgement } = props.model;
  const rows: SegmentRow[] = evaluation
    ? evaluation.drawn.segments.map((one) => ({
        name: one.name,
        condition: one.condition,
        rows: one.rows,
        positives: one.positives,
        own: one.average_precision,
        other: one.opponent_average_precision,
        judged: judgement?.segments.find((on) => on.segment === one.name),
      }))
    : (judgement?.segments ?? []).map((on) => ({ name: on.segment, condition: '', rows: undefined, positives: on.positives, own: null, other: null, judged: on }));
  return (
    <Card title="Segments" note="Parts of the observations that are looked at by themselves. A loss that is smaller than what is seen goes unnoticed.">
      <DataTable<SegmentRow>
        caption="Segments"
        rows={rows}
        rowKey={(row) => row.name}
        empty="The factory file names no segment, or nothing was judged."
        dense
        columns={[
          { key: 'name', head: 'Segment', cell: (row) => <><strong>{row.name}</strong>{row.condition && <div class="muted nowrap"><code>{row.condition}</code></div>}</>, value: (row) => row.name },
          { key: 'positives', head: 'Frauds', align: 'end', cell: (row) => number(row.positives), value: (row) => row.positives },
          { key: 'ap', head: 'Average precision', align: 'end', title: 'Of this version, and of whom it was held against', cell: (row) => <>{number(row.own, 3)}{row.other !== null && <span class="muted"> : {number(row.other, 3)}</span>}</>, value: (row) => row.own },
          { key: 'low', head: 'Gain at least', align: 'end', cell: (row) => number(row.judged?.gain_low, 3) },
          { key: 'detectable', head: 'Loss seen from', align: 'end', wide: true, cell: (row) => number(row.judged?.detectable, 3) },
        ]}
      />
    </Card>
  );
}

const MOST_FEATURES = 15;

/** What its features weigh. */
export function Importance(props: { model: Model }) {
  const importance = props.model.evaluation?.drawn.importance;
  const features = importance?.features.filter((one) => one.value > 0).slice(0, MOST_FEATURES) ?? [];
  const most = features[0]?.value ?? 1;
  return (
    <Card title="Importance" note={importance && features.length > 0 ? `The mean size of what each feature adds to a score, in log-odds, over ${number(importance.rows)} observations.` : undefined}>
      {features.length === 0 ? (
        <Empty title="There is no importance of this version.">{importance ? 'None of its features changed a score.' : 'Importance is reckoned when a version is judged.'}</Empty>
      ) : (
        <ul class="bars">
          {features.map((one) => (
            <li key={one.name}>
              <code>{one.name}</code>
              <span class="bar-track" aria-hidden="true"><span style={{ width: `${(100 * one.value) / most}%` }} /></span>
              <span class="end">{number(one.value, 3)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
