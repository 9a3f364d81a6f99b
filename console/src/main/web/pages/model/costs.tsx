import { number } from '../../lib/format';
import type { Model, ModelLine, Models } from '../../lib/learning';
import { Card } from '../../ui/parts';
import { DataTable } from '../../ui/table';
import { Version } from '../learning/models';

interface Row {
  role: string;
  line: ModelLine;
}

const ROLES: [role: string, words: string][] = [['champion', 'Serves'], ['canary', 'Canary'], ['shadow', 'In shadow'], ['frozen', 'Frozen yardstick']];

/** This version, who serves, who is on the way, and the yardstick; each once. */
export function rows(model: Model, models: Models | undefined): Row[] {
  const others = ROLES.flatMap(([role, words]) => (models?.models ?? []).filter((line) => line.roles.includes(role)).map((line) => ({ role: words, line })));
  const own = others.some((row) => row.line.version === model.version) ? [] : [{ role: 'This version', line: model }];
  const seen = new Set<string>();
  return [...own, ...others].filter((row) => !seen.has(row.line.version) && seen.add(row.line.version));
}

/** What a score costs, side by side. */
export function Costs(props: { model: Model; models: Models | undefined }) {
  const all = rows(props.model, props.models);
  const champion = all.find((row) => row.line.roles.includes('champion'))?.line.live?.score_micros ?? 0;
  return (
    <Card title="What a score costs" note="The mean time of a score on live traffic since the factory was started, on its machine; features are computed once for all of them.">
      <DataTable<Row>
        caption="What a score costs, of this version, who serves, who is on the way and the frozen yardstick"
        rows={all}
        rowKey={(row) => row.line.version}
        empty="Nobody scores."
        dense
        columns={[
          { key: 'version', head: 'Version', cell: (row) => <><strong class="nowrap">{row.role}</strong><div class="nowrap"><Version id={row.line.version} /></div></> },
          { key: 'learner', head: 'Learner', cell: (row) => row.line.learner, wide: true },
          { key: 'micros', head: 'A score', align: 'end', cell: (row) => <span class="nowrap">{micros(row.line)}</span> },
          { key: 'times', head: 'Against who serves', align: 'end', cell: (row) => times(row.line, champion) },
          { key: 'scores', head: 'Scores so far', align: 'end', wide: true, cell: (row) => number(row.line.live?.scores) },
        ]}
      />
    </Card>
  );
}

function micros(line: ModelLine): string {
  return line.live === undefined ? 'scores nothing now' : line.live.score_micros > 0 ? `${number(line.live.score_micros, 1)} µs` : 'none measured';
}

function times(line: ModelLine, champion: number): string {
  const own = line.live?.score_micros ?? 0;
  return own > 0 && champion > 0 ? `${number(own / champion, 2)} ×` : '–';
}
