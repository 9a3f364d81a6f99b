import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Whether an element has come into the window once: what lies below it need not be read before. */
export function useInView<T extends Element>(): [RefObject<T | null>, boolean] {
  const frame = useRef<T>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (isSeen || !frame.current) {
      return undefined;
    }
    const watch = new IntersectionObserver((entries) => setSeen(entries.some((entry) => entry.isIntersecting)));
    watch.observe(frame.current);
    return () => watch.disconnect();
  });
  return [frame, isSeen];
}
