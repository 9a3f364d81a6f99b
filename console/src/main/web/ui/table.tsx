import {
  constructTable, createSortedRowModel, rowSortingFeature, tableFeatures, type ColumnDef, type SortingState,
} from '@tanstack/table-core';
import { storeReactivityBindings } from '@tanstack/table-core/store-reactivity-bindings';
import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { compare, type Comparable } from '../lib/sort';
import { number } from '../lib/format';
import { Button, Empty } from './parts';

/** A column of a table. */
export interface Column<T> {
  key: string;
  head: string;
  /** What is in the cell. */
  cell: (row: T) => ComponentChildren;
  /** By what it is sorted; without it, it is not. */
  value?: (row: T) => Comparable;
  align?: 'end';
  /** Not on a phone. */
  wide?: boolean;
  /** Explains the head. */
  title?: string;
}

export interface TableProps<T> {
  /** What the table is about, for who does not see it. */
  caption: string;
  columns: Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  /** What stands there without rows. */
  empty: string;
  sort?: { key: string; desc?: boolean };
  /** Enter or a click on a row. */
  onOpen?: (row: T) => void;
  /** Rows with a box to tick. */
  chosen?: { keys: ReadonlySet<string>; onChange: (keys: ReadonlySet<string>) => void };
  /** A class for a row. */
  rowClass?: (row: T) => string | undefined;
  dense?: boolean;
}

function features() {
  return tableFeatures({
    coreReactivityFeature: storeReactivityBindings(),
    rowSortingFeature,
    sortedRowModel: createSortedRowModel(),
  });
}

/** Rows in order. */
function useSorted<T extends object>(props: TableProps<T>, sorting: SortingState): readonly T[] {
  return useMemo(() => {
    if (sorting.length === 0) {
      return props.rows;
    }
    const columns = props.columns.map((column) => ({
      id: column.key,
      accessorFn: (row: T) => column.value?.(row) ?? undefined,
      sortUndefined: 'last' as const,
      sortFn: (a: { getValue: (id: string) => unknown }, b: { getValue: (id: string) => unknown }) =>
        compare(a.getValue(column.key) as Comparable, b.getValue(column.key) as Comparable),
    }));
    const table = constructTable({
      features: features(),
      data: props.rows,
      columns: columns as unknown as ColumnDef<ReturnType<typeof features>, T>[],
      initialState: { sorting },
    });
    return table.getRowModel().rows.map((row) => row.original);
  }, [props.rows, sorting]);
}

/**
 * Where the row that had the focus is gone, such as an alert that was closed, the one that took its
 * place gets it: who works by keys goes on from there.
 */
function useKeptFocus(body: RefObject<HTMLTableSectionElement | null>, rows: readonly unknown[]) {
  const index = useRef(-1);
  useLayoutEffect(() => {
    const there = body.current?.rows;
    if (index.current >= 0 && there && there.length > 0 && document.activeElement === document.body) {
      there[Math.min(index.current, there.length - 1)]?.focus();
    }
  }, [rows.length]);
  return {
    onFocusIn: (event: FocusEvent): void => {
      index.current = event.target instanceof HTMLTableRowElement ? event.target.sectionRowIndex : -1;
    },
    onFocusOut: (event: FocusEvent): void => {
      if (event.relatedTarget) {
        index.current = -1;
      }
    },
  };
}

/** So many rows are drawn at first, and with each wish for more. */
const STEP = 100;

/** A table: sorted by a click on a head, walked with the arrow keys. */
export function DataTable<T extends object>(props: TableProps<T>) {
  const first = props.sort ? [{ id: props.sort.key, desc: props.sort.desc ?? false }] : [];
  const [sorting, setSorting] = useState<SortingState>(first);
  const sorted = useSorted(props, sorting);
  const [most, setMost] = useState(STEP);
  const rows = sorted.slice(0, most);
  const body = useRef<HTMLTableSectionElement>(null);
  const at = useKeptFocus(body, rows);
  const { columns, chosen, onOpen, rowKey } = props;
  if (props.rows.length === 0) {
    return <Empty title={props.empty} />;
  }
  const turn = (key: string): void => {
    const now = sorting[0];
    setSorting([{ id: key, desc: now?.id === key ? !now.desc : false }]);
  };
  const walk = (event: KeyboardEvent, row: T): void => {
    const at = event.currentTarget as HTMLElement;
    const step = event.key === 'ArrowDown' ? at.nextElementSibling : event.key === 'ArrowUp' ? at.previousElementSibling : null;
    if (step instanceof HTMLElement) {
      event.preventDefault();
      step.focus();
    } else if (event.key === 'Enter' && event.target === at) {
      event.preventDefault(); // else the same key closes the dialog that it opens
      onOpen?.(row);
    }
  };
  const tick = (key: string, on: boolean): void => {
    const keys = new Set(chosen?.keys);
    if (on) {
      keys.add(key);
    } else {
      keys.delete(key);
    }
    chosen?.onChange(keys);
  };
  const all = chosen !== undefined && rows.every((row) => chosen.keys.has(rowKey(row)));
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label={props.caption}>
      <table class={props.dense ? 'dense' : undefined}>
        <caption class="hidden">{props.caption}</caption>
        <thead>
          <tr>
            {chosen && (
              <th scope="col" class="tick">
                <input
                  type="checkbox"
                  aria-label="All rows"
                  checked={all}
                  onChange={() => chosen.onChange(new Set(all ? [] : rows.map(rowKey)))}
                />
              </th>
            )}
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                class={classes(column)}
                title={column.title}
                aria-sort={sorting[0]?.id === column.key ? (sorting[0].desc ? 'descending' : 'ascending') : undefined}
              >
                {column.value ? (
                  <button type="button" class="sort" onClick={() => turn(column.key)}>
                    {column.head}
                    <span class="sort-arrow" aria-hidden="true">
                      {sorting[0]?.id === column.key ? (sorting[0].desc ? '↓' : '↑') : ''}
                    </span>
                  </button>
                ) : (
                  column.head
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body} {...at}>
          {rows.map((row, index) => {
            const key = rowKey(row);
            return (
              <tr
                key={key}
                class={[onOpen ? 'opens' : '', props.rowClass?.(row) ?? ''].join(' ').trim() || undefined}
                tabIndex={onOpen ? (index === 0 ? 0 : -1) : undefined}
                onKeyDown={onOpen ? (event) => walk(event, row) : undefined}
                onClick={onOpen ? (event) => isPlain(event) && onOpen(row) : undefined}
              >
                {chosen && (
                  <td class="tick">
                    <input
                      type="checkbox"
                      aria-label={`Row ${key}`}
                      checked={chosen.keys.has(key)}
                      onChange={(event) => tick(key, event.currentTarget.checked)}
                    />
                  </td>
                )}
                {columns.map((column) => <td key={column.key} class={classes(column)}>{column.cell(row)}</td>)}
              </tr>
            );
          })}
        </tbody>
      </table>
      {sorted.length > most && (
        <div class="table-more">
          <Button onClick={() => setMost(most + STEP)}>Show more</Button>
          <span class="note">{number(most)} of {number(sorted.length)}</span>
        </div>
      )}
    </div>
  );
}

/** Whether a click is on the row itself, not on something in it that does its own. */
function isPlain(event: MouseEvent): boolean {
  return !(event.target as Element).closest('a,button,input,select,label');
}

function classes<T>(column: Column<T>): string | undefined {
  return [column.align ?? '', column.wide ? 'wide-only' : ''].join(' ').trim() || undefined;
}
