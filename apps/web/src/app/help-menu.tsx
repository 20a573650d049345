import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { BookText, CircleHelp, Keyboard, LayoutTemplate } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { configQuery } from '../api/server-info.ts'
import { IconButton } from '../ui/button.tsx'
import { Menu, type MenuItem } from '../ui/menu.tsx'

/** Where to look when one does not know how. */
export function HelpMenu({ more }: { readonly more: readonly MenuItem[] }): ReactNode {
  const { t } = useTranslation('common')
  const navigate = useNavigate()
  const { data: config } = useQuery(configQuery)
  return (
    <Menu
      items={[
        {
          label: t('docs'),
          icon: <BookText size={14} />,
          onSelect: () => void window.open('/docs', '_blank', 'noopener'),
        },
        {
          label: t('shortcuts'),
          icon: <Keyboard size={14} />,
          onSelect: () => void navigate({ to: '/settings/$section', params: { section: 'shortcuts' } }),
        },
        ...(config?.hide_starter_projects
          ? []
          : [
              {
                label: t('rail.templates'),
                icon: <LayoutTemplate size={14} />,
                onSelect: () => void navigate({ to: '/templates' }),
              },
            ]),
        ...(more.length > 0 ? ['separator' as const, ...more] : []),
      ]}
    >
      <IconButton label={t('help')} data-testid="help-menu">
        <CircleHelp size={16} />
      </IconButton>
    </Menu>
  )
}
