import { say } from './toast';

/** Copies a text of which a page shows the beginning. */
export function Copy({ text }: { text: string }) {
  return (
    <button
      type="button"
      class="button quiet small no-print"
      title={text}
      onClick={() => navigator.clipboard.writeText(text).then(() => say('Copied.'), () => say('The browser does not let a page copy: ' + text))}
    >
      Copy whole
    </button>
  );
}
