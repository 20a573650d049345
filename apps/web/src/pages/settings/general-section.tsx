import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sessionQuery } from '../../api/session.ts'
import { chooseLanguage } from '../../app/own-language.ts'
import { browserTimeZone, setTimeZone, timeZone } from '../../app/time-zone.ts'
import { LANGUAGES, type Language } from '../../i18n/i18n.ts'
import { Labelled } from '../../ui/input.tsx'
import { Section } from '../../ui/section.tsx'
import { Select } from '../../ui/select.tsx'
import { absoluteTime } from '../../ui/time.tsx'
import { PasswordForm } from './password-form.tsx'
import { ProfilePictures } from './profile-pictures.tsx'

const languages = Object.keys(LANGUAGES) as readonly Language[] // the keys of a literal
const BROWSER = 'browser'

/** Picture, password, language and time zone. Without a login only the last two. */
export function GeneralSection(): ReactNode {
  const { t, i18n } = useTranslation('settings')
  const { data: session } = useQuery(sessionQuery)
  const [zone, setZone] = useState(timeZone())
  const own = browserTimeZone()
  const zones = Intl.supportedValuesOf('timeZone')
  const user = session?.isAutomatic ? undefined : session?.user
  return (
    <Section title={t('general.title')} description={t('general.text')}>
      <div className="flex flex-col gap-8">
        <div className="grid max-w-2xl gap-4 sm:grid-cols-2">
          <Labelled label={t('general.language')}>
            <Select
              label={t('general.language')}
              value={languages.find((code) => code === i18n.language)}
              options={languages.map((value) => ({ value, label: LANGUAGES[value] }))}
              onChange={(code) => void chooseLanguage(code)}
            />
          </Labelled>
          <Labelled
            label={t('general.timeZone')}
            hint={t('general.now', { time: absoluteTime(Date.now(), i18n.language) })}
          >
            <Select
              label={t('general.timeZone')}
              value={zone === own ? BROWSER : zone}
              options={[
                { value: BROWSER, label: t('general.browserZone', { zone: own }) },
                ...zones.map((value) => ({ value, label: value })),
              ]}
              onChange={(chosen) => {
                setTimeZone(chosen === BROWSER ? undefined : chosen)
                setZone(chosen === BROWSER ? own : chosen)
              }}
            />
          </Labelled>
        </div>
        {user ? <ProfilePictures user={user} /> : null}
        {user ? <PasswordForm userId={user.id} /> : null}
        {user ? (
          <Link to="/account/delete" className="w-fit min-h-6 text-danger text-sm underline">
            {t('account.leave')}
          </Link>
        ) : null}
      </div>
    </Section>
  )
}
