import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { asProblem, type Problem } from '../lib/api';
import { Store, useStore } from '../lib/store';
import { remember, token, who } from '../lib/token';
import { ProblemNote } from './parts';
import { say } from './toast';

/** A field of a dialog beside the reason. */
export interface Field {
  name: string;
  label: string;
  options?: [value: string, label: string][];
  value?: string;
  placeholder?: string;
  optional?: boolean;
}

/** Something that a person does to the factory, with a reason. */
export interface Deed {
  /** What is done: `Freeze the flywheel`. */
  title: string;
  /** What follows of it. */
  text: ComponentChildren;
  /** The word on the button. */
  verb: string;
  danger?: boolean;
  fields?: Field[];
  /** It needs a yes, and no reason. */
  plain?: boolean;
  /** What to write as a reason, as an example. */
  hint?: string;
  /** Does it; what it throws is shown, and the dialog stays. */
  run: (said: { reason: string; by: string } & Record<string, string>) => Promise<unknown>;
  /** What is said when it is done. */
  done?: string;
}

const deed = new Store<Deed | undefined>(undefined);

/** Asks for a reason, and then does it. */
export function ask(next: Deed): void {
  deed.set(next);
}

/** Where it is asked. */
export function Dialogs() {
  const asked = useStore(deed);
  return asked ? <DeedDialog key={asked.title} deed={asked} close={() => deed.set(undefined)} /> : null;
}

/** A dialog over the page; Escape closes it. */
export function Dialog(props: { title: string; close: () => void; children: ComponentChildren }) {
  const ref = useRef<HTMLDialogElement>(null);
  // Before the next key is taken, so that it goes to the dialog.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const dialog = ref.current;
    dialog?.showModal();
    return () => {
      dialog?.close(); // else what is behind it takes no focus yet
      if (before instanceof HTMLElement) {
        before.focus();
      }
    };
  }, []);
  return (
    <dialog
      ref={ref}
      aria-labelledby="dialog-title"
      onCancel={(event) => {
        event.preventDefault();
        props.close();
      }}
    >
      <header class="dialog-head">
        <h2 id="dialog-title">{props.title}</h2>
        <button type="button" class="close" aria-label="Close" onClick={props.close}>×</button>
      </header>
      {props.children}
    </dialog>
  );
}

function DeedDialog(props: { deed: Deed; close: () => void }) {
  const asked = props.deed;
  const isOwner = useStore(token) !== '';
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const submit = (event: Event): void => {
    event.preventDefault();
    const said: Record<string, string> = {};
    new FormData(event.currentTarget as HTMLFormElement).forEach((value, name) => (said[name] = String(value).trim()));
    const { by = '', reason = '' } = said;
    remember(by);
    setBusy(true);
    setProblem(undefined);
    asked.run({ ...said, by, reason }).then(
      () => {
        say(asked.done ?? `${asked.title}: done.`);
        props.close();
      },
      (failure: unknown) => {
        setProblem(asProblem(failure));
        setBusy(false);
      },
    );
  };
  return (
    <Dialog title={asked.title} close={() => !busy && props.close()}>
      <form onSubmit={submit}>
        <div class="dialog-text">{asked.text}</div>
        {!isOwner && <ReadOnlyNote />}
        {asked.fields?.map((field) => <Input key={field.name} field={field} />)}
        {!asked.plain && (
          <label>
            <span>Reason</span>
            <textarea name="reason" required rows={2} maxLength={500} placeholder={asked.hint ?? ''} autofocus />
          </label>
        )}
        <label>
          <span>Who you are</span>
          <input name="by" required maxLength={80} defaultValue={who()} autocomplete="name" placeholder="Your name, as the record will have it" />
        </label>
        {problem && <ProblemNote problem={problem} />}
        <footer class="dialog-foot">
          <button type="button" class="button plain" onClick={props.close}>Cancel</button>
          <button type="submit" class={'button ' + (asked.danger ? 'danger' : 'primary')} disabled={busy || !isOwner}>
            {busy ? 'One moment …' : asked.verb}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

function Input(props: { field: Field }) {
  const { name, label, options, value, placeholder, optional } = props.field;
  return (
    <label>
      <span>{label}</span>
      {options ? (
        <select name={name} defaultValue={value ?? ''}>
          {options.map(([of, text]) => <option key={of} value={of}>{text}</option>)}
        </select>
      ) : (
        <input name={name} required={!optional} maxLength={500} defaultValue={value ?? ''} placeholder={placeholder ?? ''} />
      )}
    </label>
  );
}

/** How who may only look becomes who may act. */
export function ReadOnlyNote() {
  return (
    <p class="note framed">
      You can look, not act: this page was opened without the owner’s token. Open the address that <code>cromford run</code> or{' '}
      <code>cromford serve</code> printed; it ends in <code>#token=…</code>.
    </p>
  );
}
