import type { Resource } from '../../lib/api';
import { number, short } from '../../lib/format';
import { valuesText, type Policies, type PolicyVersion } from '../../lib/policies';
import { actOn, type Seen } from '../../lib/seen';
import { ask } from '../../ui/dialog';
import { Button, Card, JsonLink, Read, Tag, Time } from '../../ui/parts';
import { DataTable } from '../../ui/table';

/** Asks why, and proposes another number of alerts a day. */
export function proposeAlerts(alerts: number, policies: Policies, reload: () => void): void {
  const seen: Seen = { revision: policies.revision, reload };
  ask({
    title: `Propose ${number(alerts)} alerts a day`,
    text: `${number(policies.now.alerts_per_day)} are in force. Another person has to approve it; then it holds from the next decision on, also after a restart, until the factory file says something else of it.`,
    verb: 'Propose',
    hint: 'Two more people look at alerts from Monday on',
    run: (said) => actOn('policies/propose', { alerts_per_day: String(alerts), reason: said.reason, by: said.by }, seen),
    done: `${number(alerts)} alerts a day are proposed; another person approves it.`,
  });
}

/** What is proposed of the policies, for another person to decide. */
export function PolicyProposal(props: { policies: Resource<Policies> }) {
  const proposal = props.policies.data?.proposal;
  if (!props.policies.data || !proposal) {
    return null;
  }
  const { currency, revision } = props.policies.data;
  const seen: Seen = { revision, reload: props.policies.reload };
  return (
    <Card
      id="policy-proposal"
      title={<>Proposed: {valuesText(proposal.to, currency)}</>}
      note={<>by {proposal.by}, <Time at={proposal.at} />; now {valuesText(proposal.from, currency)}</>}
      action={
        <div class="buttons">
          <Button kind="primary" onClick={() => approve(proposal, currency, seen)}>Approve …</Button>
          <Button onClick={() => withdraw(proposal, seen)}>Reject …</Button>
        </div>
      }
    >
      <p><Tag tone="warn">Waits for another person</Tag> <span class="break">{proposal.reason}</span></p>
    </Card>
  );
}

type Proposal = NonNullable<Policies['proposal']>;

function approve(proposal: Proposal, currency: string, seen: Seen): void {
  ask({
    title: `Approve ${valuesText(proposal.to, currency)}`,
    text: `It holds from the next decision on: thresholds are set anew by the scores of the last days. Whoever proposed it, ${proposal.by}, cannot approve it too.`,
    verb: 'Approve',
    hint: 'They can look at so many',
    run: (said) => actOn('policies/approve', { version: proposal.version, reason: said.reason, by: said.by }, seen),
    done: `${valuesText(proposal.to, currency)} from the next decision on.`,
  });
}

function withdraw(proposal: Proposal, seen: Seen): void {
  ask({
    title: 'Reject the proposal',
    text: 'Nothing changes; that it was proposed, and your reason, stay on record. Whoever proposed it takes it back this way too.',
    verb: 'Reject',
    danger: true,
    hint: 'Too many frauds would pass',
    run: (said) => actOn('policies/withdraw', { version: proposal.version, reason: said.reason, by: said.by }, seen),
    done: 'The proposal is rejected.',
  });
}

function rollBack(policies: Policies, seen: Seen): void {
  ask({
    title: 'Roll back the policy',
    text: `${valuesText(policies.rollback ?? {}, policies.currency)}, as before the last approval, from the next decision on.`,
    verb: 'Roll back',
    danger: true,
    hint: 'The team is small again',
    run: (said) => actOn('policies/rollback', { reason: said.reason, by: said.by }, seen),
    done: 'The former policy holds again.',
  });
}

const SHOWN = 8;

/** Which policies held, and by whose word. */
export function PolicyVersions(props: { policies: Resource<Policies> }) {
  const policies = props.policies.data;
  const action = policies?.rollback ? (
    <Button onClick={() => rollBack(policies, { revision: policies.revision, reload: props.policies.reload })}>Roll back …</Button>
  ) : (
    <JsonLink path="/v1/policies" />
  );
  return (
    <Card title="Policies" note="Costs and alerts a day are versioned like models; each decision names the version it was made by." action={action}>
      <Read resource={props.policies} what="the policies">
        {(read) => (
          <div class="stack">
            <p>
              <strong>{valuesText(read.now, read.currency)}</strong>{' '}
              {Object.keys(read.file).length > 0 && (
                <Tag tone="info" title="It holds until factory.yaml says something else of it, or it is rolled back">
                  approved over the factory file, which says {valuesText(read.file, read.currency)}
                </Tag>
              )}
            </p>
            <DataTable<PolicyVersion>
              caption="Versions of the policies, the latest first"
              rows={read.versions.slice(0, SHOWN)}
              rowKey={(version) => version.at + version.version + version.reason}
              empty="No version is on record yet."
              columns={[
                { key: 'at', head: 'From', cell: (version) => (Date.parse(version.at) === 0 ? 'the beginning' : <Time at={version.at} />) },
                { key: 'version', head: 'Version', cell: (version) => <code class="nowrap">{short(version.version)}</code>, wide: true },
                { key: 'alerts', head: 'Alerts a day', align: 'end', cell: (version) => number(version.alerts_per_day) },
                { key: 'by', head: 'By', cell: (version) => <span class="nowrap">{version.by ?? 'factory file'}</span>, wide: true },
                { key: 'reason', head: 'What changed, and why', cell: (version) => <div class="why">{version.reason || 'the first'}</div> },
              ]}
            />
            {read.versions.length > SHOWN && <p class="note">{number(read.versions.length - SHOWN)} earlier versions are in the answer as JSON.</p>}
          </div>
        )}
      </Read>
    </Card>
  );
}
