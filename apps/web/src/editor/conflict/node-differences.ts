import { diffJson } from '@runnel/protocol/json-patch'
import i18next from 'i18next'
import { componentText } from '../../i18n/component-text.ts'
import type { FlowNode } from '../model/flow-document.ts'

/** Something of a node that two sides have differently. */
export interface NodeDifference {
  /** The label of the field, or the name of the property. */
  readonly label: string
  readonly mine: string
  readonly theirs: string
}

const FIELD = /^\/data\/node\/template\/([^/]+)/

/** What two states of a node differ in, one row per field or property. Secrets are not shown. */
export function nodeDifferences(mine: FlowNode, theirs: FlowNode): readonly NodeDifference[] {
  const rows = new Map<string, NodeDifference>()
  for (const { path } of diffJson(theirs, mine)) {
    const name = FIELD.exec(path)?.[1]
    if (name === undefined) {
      const [top = '', ...rest] = path.slice(1).split('/')
      const place = top === 'data' ? rest.filter((part) => part !== 'node') : [top]
      const keys = top === 'data' ? path.slice(1).split('/') : [top]
      const property = place[0] ?? top
      rows.set(property, {
        label: propertyLabel(property),
        mine: printed(at(mine, keys)),
        theirs: printed(at(theirs, keys)),
      })
      continue
    }
    const [own, other] = [mine.data.node.template[name], theirs.data.node.template[name]]
    const label = componentText(own?.display_name || other?.display_name || name)
    const isSecret = own?.password === true || other?.password === true
    const print = (value: unknown): string => (isSecret && value ? '••••••' : printed(value))
    rows.set(label, { label, mine: print(own?.value), theirs: print(other?.value) })
  }
  return [...rows.values()]
}

/** What a property of a node is called; its key where it has no name. */
const propertyLabel = (key: string): string => i18next.t(`workspace:compare.property.${key}`, { defaultValue: key })

const at = (value: unknown, keys: readonly string[]): unknown =>
  keys.reduce(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  )

function printed(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1)
}
