import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { JsonTree } from '../../ui/json-tree.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { Badge } from '../../ui/status.tsx'
import { type FieldWidgetProps, labelOf, testIdOf, textOf } from './field-widget.ts'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a component tells of something elsewhere, as a card to read. */
export function DataDisplayField({ name, field, surface }: FieldWidgetProps): ReactNode {
  const { t } = useTranslation('fields')
  if (!isRecord(field.value) || Object.keys(field.value).length === 0) {
    return <p className="text-text-muted text-xs">{t('dataDisplay.empty')}</p>
  }
  const { title, version, subtitle, chips, sections, accent: _, ...others } = field.value
  const listed = Array.isArray(sections) ? sections : sections === undefined || sections === null ? [] : [sections]
  return (
    <ScrollBox
      label={labelOf(name, field)}
      className="nodrag nowheel flex max-h-60 flex-col gap-2 overflow-auto rounded-md border border-border bg-surface-muted p-2.5 text-sm"
      data-testid={`data_display_${testIdOf(surface, name)}`}
    >
      <div>
        <span className="font-medium">{textOf(title)}</span>
        {version ? <span className="ml-2 text-text-muted text-xs">{textOf(version)}</span> : null}
        {subtitle ? <p className="text-text-muted text-xs">{textOf(subtitle)}</p> : null}
      </div>
      {Array.isArray(chips) && chips.length > 0 ? (
        <div className="flex flex-wrap gap-1">
          {chips.map((chip) => {
            const text = isRecord(chip) ? textOf(chip.label ?? chip.text ?? chip.name) : String(chip)
            return <Badge key={text}>{text}</Badge>
          })}
        </div>
      ) : null}
      {listed.map((section, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sections have nothing that tells them apart
        <Section key={index} section={section} />
      ))}
      {Object.keys(others).length > 0 ? <JsonTree value={others} /> : null}
    </ScrollBox>
  )
}

/** A heading with whatever stands below it. */
function Section({ section }: { readonly section: unknown }): ReactNode {
  if (!isRecord(section)) return <p className="whitespace-pre-wrap break-words text-xs">{String(section)}</p>
  const { title, label, heading, ...rest } = section
  const values = Object.values(rest)
  const only = values.length === 1 ? values[0] : undefined
  return (
    <div>
      <h4 className="font-medium text-xs">{textOf(title ?? label ?? heading)}</h4>
      {typeof only === 'string' ? (
        <p className="whitespace-pre-wrap break-words text-xs">{only}</p>
      ) : values.length > 0 ? (
        <JsonTree value={only ?? rest} />
      ) : null}
    </div>
  )
}
