import { useState } from 'react'

/** A column of a table whose reader chooses what it shows. */
export interface ChosenColumn {
  readonly name: string
  /** Hidden until it is chosen. */
  readonly isExtra?: boolean
}

interface Stored {
  /** Undefined: the usual ones. */
  readonly names: readonly string[] | undefined
  /** Pixels, of the columns that were dragged. */
  readonly widths: Readonly<Record<string, number>>
}

const USUAL: Stored = { names: undefined, widths: {} }

/** The columns of a stored choice, in the order of the table; the usual ones unless something was chosen. */
export function chosenColumns<Column extends ChosenColumn>(
  columns: readonly Column[],
  names: readonly string[] | undefined,
  always: string,
): readonly Column[] {
  return columns.filter(({ name, isExtra }) => name === always || (names ? names.includes(name) : isExtra !== true))
}

/** Reads what a browser keeps; anything else counts as no choice. */
export function readChoice(text: string | null): Stored {
  if (text === null) return USUAL
  // Before columns had widths, their names alone were kept.
  if (!text.startsWith('{')) return { names: text.split(','), widths: {} }
  try {
    const { names, widths } = JSON.parse(text)
    return {
      names: Array.isArray(names) ? names.map(String) : undefined,
      widths: Object.fromEntries(
        Object.entries(widths ?? {}).flatMap(([name, width]) => (typeof width === 'number' ? [[name, width]] : [])),
      ),
    }
  } catch {
    return USUAL
  }
}

export interface Columns<Column> {
  readonly columns: readonly Column[]
  /** Pixels of a column that was dragged. */
  readonly widths: Readonly<Record<string, number>>
  toggle(name: string): void
  resize(name: string, width: number): void
  reset(): void
}

/** Which columns a table shows and how wide they are, kept in this browser. `always` cannot be hidden. */
export function useColumns<Column extends ChosenColumn>(
  key: string,
  all: readonly Column[],
  always: string,
): Columns<Column> {
  const [{ names, widths }, setChoice] = useState(() => readChoice(localStorage.getItem(key)))
  const columns = chosenColumns(all, names, always)
  const choose = (choice: Stored): void => {
    localStorage.setItem(key, JSON.stringify(choice))
    setChoice(choice)
  }
  return {
    columns,
    widths,
    toggle(name) {
      const next = all.filter((column) => columns.includes(column) !== (column.name === name))
      choose({ names: next.map((column) => column.name), widths })
    },
    resize: (name, width) => choose({ names, widths: { ...widths, [name]: width } }),
    reset() {
      localStorage.removeItem(key)
      setChoice(USUAL)
    },
  }
}
