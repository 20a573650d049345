import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import {
  CircleArrowUp,
  CircleHelp,
  CircleUser,
  Keyboard,
  Languages,
  LogOut,
  Settings,
  SunMoon,
  Users,
} from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { updateQuery } from '../api/instance.ts'
import { configQuery, versionQuery } from '../api/server-info.ts'
import { endSession, sessionQuery } from '../api/session.ts'
import { LANGUAGES, type Language } from '../i18n/i18n.ts'
import { Menu } from '../ui/menu.tsx'
import { chooseLanguage } from './own-language.ts'
import { pictureAddress } from './profile-picture.ts'
import { setTheme, type Theme, useTheme } from './theme.ts'

/** The languages as the keys of the table that names them. */
const languages = Object.keys(LANGUAGES) as readonly Language[]

const THEMES: readonly Theme[] = ['light', 'dark', 'contrast', 'system']

/** Who is signed in, and what is theirs to choose. */
export function AccountMenu(): ReactNode {
  const { t, i18n } = useTranslation('common')
  const navigate = useNavigate()
  const { theme } = useTheme()
  const [isOpen, setOpen] = useState(false)
  const { data: session } = useQuery(sessionQuery)
  const { data: version } = useQuery({ ...versionQuery, enabled: isOpen })
  const { data: update } = useQuery({ ...updateQuery, enabled: isOpen })
  const { data: config } = useQuery(configQuery)
  /** Where nobody has to sign in, nobody in particular is there. */
  const user = session?.isAutomatic ? undefined : session?.user
  const go = (to: string) => () => void navigate({ to })
  return (
    <Menu
      onOpenChange={setOpen}
      items={[
        ...(user ? [{ label: user.username, disabled: true }] : []),
        { label: `Runnel ${version?.product_version ?? ''}`, disabled: true },
        ...(update?.status === 'available'
          ? [
              {
                label: t('updateAvailable', { version: update.latest }),
                icon: <CircleArrowUp size={14} />,
                onSelect: go('/settings/server'),
                testId: 'update-available',
              },
            ]
          : []),
        'separator',
        {
          label: t('settings'),
          icon: <Settings size={14} />,
          onSelect: go('/settings/general'),
          testId: 'menu_settings_button',
        },
        { label: t('shortcuts'), icon: <Keyboard size={14} />, onSelect: go('/settings/shortcuts') },
        ...(user?.is_superuser ? [{ label: t('admin'), icon: <Users size={14} />, onSelect: go('/admin') }] : []),
        {
          label: t('docs'),
          icon: <CircleHelp size={14} />,
          onSelect: () => void window.open('/docs', '_blank', 'noopener'),
        },
        'separator',
        {
          label: t('language'),
          icon: <Languages size={14} />,
          items: languages.map((code) => ({
            label: LANGUAGES[code],
            checked: i18n.language === code,
            onSelect: () => void chooseLanguage(code),
          })),
        },
        {
          label: t('theme'),
          icon: <SunMoon size={14} />,
          items: THEMES.map((name) => ({
            label: t(`themes.${name}`),
            checked: theme === name,
            onSelect: () => setTheme(name),
          })),
        },
        ...(session?.isAutomatic || config?.hide_logout_button
          ? []
          : [
              'separator' as const,
              {
                label: t('logOut'),
                icon: <LogOut size={14} />,
                onSelect: () => void endSession().then(() => location.assign('/login')),
              },
            ]),
      ]}
    >
      <button
        type="button"
        aria-label={t('account')}
        data-testid="user-profile-settings"
        className="inline-flex size-8 items-center justify-center rounded-md text-text-muted hover:bg-surface-hover"
      >
        {user?.profile_image ? (
          <img src={pictureAddress(user.profile_image)} alt="" className="size-6 rounded-full" />
        ) : (
          <CircleUser size={18} />
        )}
      </button>
    </Menu>
  )
}
