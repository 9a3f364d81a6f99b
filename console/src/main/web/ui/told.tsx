import { moments } from '../lib/changes';
import { Time } from './parts';

/** What the factory says, with the moments in it in the viewer's zone and the factory's beside. */
export function Told(props: { text: string }) {
  return <>{moments(props.text).map((part, index) => (index % 2 === 1 ? <Time key={index} at={part} /> : part))}</>;
}
