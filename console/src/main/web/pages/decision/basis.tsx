import { useState } from 'preact/hooks';
import { useResource } from '../../lib/api';
import type { DecisionView } from '../../lib/decisions';
import { digits, number, short } from '../../lib/format';
import { valuesText, type Policies } from '../../lib/policies';
import { to } from '../../lib/router';
import { Button, Read, Tag, Time } from '../../ui/parts';

/** By what it was decided, and that it was so. */
export function Basis(props: { view: DecisionView; path: string }) {
  const { view } = props;
  return (
    <>
      <dl class="pairs">
        <dt>model</dt><dd class="mono break">{view.model ? <a href={to('model', view.model)}>{short(view.model)}</a> : '–'}</dd>
        <dt>threshold</dt><dd>{view.threshold === null ? '–' : number(view.threshold, digits(view.score, view.threshold, 6))}</dd>
        <dt>policies</dt><dd class="break"><PoliciesThen version={view.policy_version} /></dd>
        <dt>features</dt><dd class="mono break"><a href={to('data')}>{short(view.feature_view)}</a></dd>
        <dt>ledger</dt><dd class="mono">{view.position}</dd>
      </dl>
      <Proof path={props.path} />
    </>
  );
}

/** What the policies said that held then, and from when on. */
function PoliciesThen(props: { version: string }) {
  const policies = useResource<Policies>(props.version ? '/v1/policies' : null);
  const then = policies.data?.versions.find((one) => one.version === props.version);
  if (!then) {
    return <span class="mono">{short(props.version)}</span>;
  }
  return (
    <>
      {valuesText(then, policies.data?.currency ?? '')}
      <div class="note"><span class="mono">{short(props.version)}</span>, valid from {Date.parse(then.at) > 0 ? <Time at={then.at} /> : 'the beginning'}</div>
    </>
  );
}

/** The answer to `GET /v1/decisions/{id}/rebuilt`. */
interface Rebuilt {
  agrees: boolean;
  comparisons: { what: string; agrees: boolean; then: string; now: string }[];
  served: { model: string; since: string; reason: string; by: string };
}

/** Has the decision made again from the ledger, and says whether it is the same. */
function Proof(props: { path: string }) {
  const [asked, setAsked] = useState(false);
  const rebuilt = useResource<Rebuilt>(asked ? `${props.path}/rebuilt` : null);
  if (!asked) {
    return (
      <p class="proof">
        <Button onClick={() => setAsked(true)}>Make it again and compare</Button>{' '}
        <span class="note">From the ledger, beside the serving; that takes seconds, or longer for one from before the oldest snapshot.</span>
      </p>
    );
  }
  return (
    <div class="proof">
      <Read resource={rebuilt} what="the decision as it is made again">
        {(data) => (
          <>
            <p>
              <Tag tone={data.agrees ? 'good' : 'bad'}>{data.agrees ? 'The same in every bit' : 'Not the same'}</Tag>{' '}
              <span class="note">served since <Time at={data.served.since} />: {data.served.reason}</span>
            </p>
            <ul class="note">
              {data.comparisons.map((one) => (
                <li key={one.what} class="break">
                  {one.agrees ? '✓' : '✕'} {one.what}: <span class="mono">{one.now || 'none'}</span>
                  {!one.agrees && <>, but answered was <span class="mono">{one.then || 'none'}</span></>}
                </li>
              ))}
            </ul>
          </>
        )}
      </Read>
    </div>
  );
}
