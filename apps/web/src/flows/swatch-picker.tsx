import { Wand } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../ui/class-names.ts'
import type { FlowDetails, FlowSettings } from './flow-settings.ts'
import { backgroundOf, FlowSwatch, SWATCH_COLORS, SWATCH_ICONS } from './flow-swatch.tsx'

export interface SwatchPickerProps {
  readonly flow: FlowDetails
  readonly settings: FlowSettings
  readonly disabled: boolean
  readonly onChange: (change: Partial<FlowSettings>) => void
}

const CHOICE = 'inline-flex size-7 items-center justify-center rounded-md disabled:opacity-50'
const CHOSEN = 'outline-2 outline-accent outline-offset-1'

/** The picture and the colour by which a flow is recognised. */
export function SwatchPicker({ flow, settings, disabled, onChange }: SwatchPickerProps): ReactNode {
  const { t } = useTranslation('flows')
  const { name, icon, color } = settings
  return (
    <div className="flex flex-col gap-1">
      <span className="font-medium text-sm">{t('settings.look')}</span>
      <div className="flex items-start gap-3">
        <FlowSwatch flow={{ id: flow.id, name, icon, icon_bg_color: color || null }} />
        <div className="flex flex-col gap-1.5">
          <fieldset aria-label={t('settings.icon')} className="flex flex-wrap gap-0.5">
            {['', ...SWATCH_ICONS].map((one) => (
              <button
                key={one}
                type="button"
                disabled={disabled}
                aria-label={one || t('settings.initials')}
                aria-pressed={one === icon}
                onClick={() => onChange({ icon: one })}
                className={classNames(CHOICE, 'hover:bg-surface-hover', one === icon && CHOSEN)}
              >
                {one || 'A'}
              </button>
            ))}
          </fieldset>
          <fieldset aria-label={t('settings.color')} className="flex flex-wrap gap-0.5">
            {['', ...SWATCH_COLORS].map((one) => (
              <button
                key={one}
                type="button"
                disabled={disabled}
                aria-label={one || t('settings.automatic')}
                title={one ? undefined : t('settings.automatic')}
                aria-pressed={one === color}
                onClick={() => onChange({ color: one })}
                className={classNames(CHOICE, one === color && CHOSEN)}
              >
                <span
                  aria-hidden="true"
                  className="size-5 rounded-full"
                  style={{ background: one || backgroundOf(flow.id) }}
                >
                  {one ? null : <Wand size={12} className="m-1 text-white" />}
                </span>
              </button>
            ))}
          </fieldset>
        </div>
      </div>
    </div>
  )
}
