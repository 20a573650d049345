import { Contrast, Monitor, Moon, Rows3, Rows4, Sun } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DENSITIES, density, setDensity } from '../../app/density.ts'
import { setTheme, useTheme } from '../../app/theme.ts'
import { classNames } from '../../ui/class-names.ts'
import { Section } from '../../ui/section.tsx'

const THEMES = ['light', 'dark', 'contrast', 'system'] as const
const THEME_ICONS = { light: Sun, dark: Moon, contrast: Contrast, system: Monitor } as const
const DENSITY_ICONS = { comfortable: Rows3, compact: Rows4 } as const

/** Theme and density, in this browser. */
export function AppearanceSection(): ReactNode {
  const { t } = useTranslation('settings')
  const { theme } = useTheme()
  const [dense, setDense] = useState(density)
  return (
    <Section title={t('appearance.title')} description={t('appearance.text')}>
      <div className="flex flex-col gap-8">
        <Choices
          label={t('appearance.theme')}
          value={theme}
          options={THEMES.map((value) => {
            const Icon = THEME_ICONS[value]
            return { value, label: t(`appearance.themes.${value}`), icon: <Icon size={20} /> }
          })}
          onChange={setTheme}
        />
        <Choices
          label={t('appearance.density')}
          value={dense}
          options={DENSITIES.map((value) => {
            const Icon = DENSITY_ICONS[value]
            return { value, label: t(`appearance.densities.${value}`), icon: <Icon size={20} /> }
          })}
          onChange={(value) => {
            setDensity(value)
            setDense(value)
          }}
        />
      </div>
    </Section>
  )
}

interface ChoicesProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string; readonly icon: ReactNode }[]
  readonly onChange: (value: Value) => void
}

function Choices<Value extends string>({ label, value, options, onChange }: ChoicesProps<Value>): ReactNode {
  return (
    <fieldset>
      <legend className="mb-2 font-medium text-sm">{label}</legend>
      <div className="flex flex-wrap gap-3 max-sm:grid max-sm:grid-cols-2">
        {options.map((option) => (
          <label
            key={option.value}
            className={classNames(
              'relative flex h-20 w-36 cursor-pointer flex-col items-center max-sm:w-auto justify-center gap-2 rounded-lg border text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent',
              option.value === value
                ? 'border-accent bg-accent-soft font-medium'
                : 'border-border hover:border-border-strong',
            )}
          >
            <input
              type="radio"
              name={label}
              className="sr-only"
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.icon}
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
