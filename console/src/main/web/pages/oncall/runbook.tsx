import runbook from '../../../../../../docs/alarms.md?raw';
import { headingOf, isLink, section } from '../../lib/runbook';

/** What to do about an alarm: the runbook's words in place, or a link to the page that the factory file names. */
export function Runbook({ address }: { address: string }) {
  const parts = section(runbook, headingOf(address));
  if (parts.length > 0) {
    return (
      <details class="runbook">
        <summary>What to do</summary>
        {parts.map((part, index) => (part.isCode ? <pre key={index} class="framed mono">{part.text}</pre> : <p key={index}><Marked text={part.text} /></p>))}
        <p class="note mono break">{address}</p>
      </details>
    );
  }
  return (
    <p class="note break">
      What to do: {isLink(address) ? <a href={address} rel="noreferrer" target="_blank" class="version">{address}</a> : <span class="mono">{address}</span>}
    </p>
  );
}

/** Text with its `names` as such. */
function Marked({ text }: { text: string }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>;
}
