import { ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ComponentIcon } from '../component-icon.tsx'
import { type FieldWidgetProps, testIdOf, textOf } from './field-widget.ts'
import { safeAddress } from './safe-address.ts'

/** A button that opens an address. */
export function LinkField({ name, field, surface }: FieldWidgetProps): ReactNode {
  const { t } = useTranslation('fields')
  const address = safeAddress(textOf(field.value))
  const look = 'nodrag inline-flex h-8 items-center justify-center gap-1.5 rounded-md border border-border px-3 text-sm'
  const words = (
    <>
      {field.icon ? <ComponentIcon name={textOf(field.icon)} size={14} /> : <ExternalLink size={14} />}
      {textOf(field.text) || t('openLink')}
    </>
  )
  return address ? (
    <a
      href={address}
      target="_blank"
      rel="noopener noreferrer"
      className={`${look} hover:bg-surface-hover`}
      data-testid={`link_link_${testIdOf(surface, name)}`}
    >
      {words}
    </a>
  ) : (
    <span className={`${look} text-text-faint`} data-testid={`link_link_${testIdOf(surface, name)}`}>
      {words}
    </span>
  )
}
