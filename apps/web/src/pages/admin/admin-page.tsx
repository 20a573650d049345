import { deleteUser, type UserRead, updateUser } from '@runnel/protocol/users'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { HardDrive, Pencil, Trash2, UserPlus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { sessionQuery } from '../../api/session.ts'
import { usersChanged, usersQuery } from '../../api/users.ts'
import { useListState } from '../../app/list-state.ts'
import { attempt } from '../../ui/attempt.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { NoMatch } from '../../ui/no-match.tsx'
import { notify } from '../../ui/notifications.tsx'
import { Page } from '../../ui/page.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { ErrorState, TableSkeleton } from '../../ui/status.tsx'
import { Cell, Head, HeadRow, Row, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { UserDialog } from './user-dialog.tsx'

type Right = 'is_active' | 'is_superuser'

/** Users of the server, for superusers. */
export function AdminPage(): ReactNode {
  const { t } = useTranslation('admin')
  const navigate = useNavigate()
  const [{ q, page, size }, setState] = useListState({ q: '', page: '1', size: '24' })
  const { data: session } = useQuery(sessionQuery)
  const asked = { search: q, page: Math.max(1, Number(page) || 1), size: Number(size) || 24 }
  const { data, isPending, error, refetch } = useQuery(usersQuery(asked))
  const [edited, setEdited] = useState<UserRead | 'new'>()

  const change = async (perform: () => Promise<unknown>): Promise<boolean> => {
    const worked = await attempt(t('failed'), perform)
    await usersChanged()
    return worked
  }

  async function toggle(user: UserRead, right: Right): Promise<void> {
    const isOn = !user[right]
    const yes = await confirm({
      title: t(`toggle.${right}.${isOn ? 'on' : 'off'}`, { name: user.username }),
      text: t(`toggle.${right}.text`),
      confirm: t('toggle.confirm'),
    })
    if (!yes) return
    await change(() => client.call(updateUser, { params: { user_id: user.id }, body: { [right]: isOn } }))
  }

  async function remove({ id, username }: UserRead): Promise<void> {
    const yes = await confirm({
      title: t('remove.title', { name: username }),
      text: t('remove.text'),
      confirm: t('remove.confirm'),
      danger: true,
      typed: username,
    })
    if (yes && (await change(() => client.call(deleteUser, { params: { user_id: id } })))) {
      notify('success', t('remove.done'))
    }
  }

  const users = data?.users ?? []
  return (
    <Page
      title={t('title')}
      description={t('text')}
      actions={
        <>
          <Button
            data-testid="admin-server"
            onClick={() => void navigate({ to: '/settings/$section', params: { section: 'server' } })}
          >
            <HardDrive size={16} />
            {t('server')}
          </Button>
          <Button look="primary" onClick={() => setEdited('new')}>
            <UserPlus size={16} />
            {t('dialog.add')}
          </Button>
        </>
      }
    >
      <SearchInput
        value={q}
        onChange={(next) => setState({ q: next, page: '1' })}
        label={t('search')}
        className="mb-3 max-w-md"
      />
      {isPending ? <TableSkeleton /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data && users.length === 0 ? <NoMatch onClear={() => setState({ q: '' })} /> : null}
      {users.length > 0 ? (
        <Table label={t('title')}>
          <HeadRow>
            <Head>{t('username')}</Head>
            <Head>{t('id')}</Head>
            <Head>{t('active')}</Head>
            <Head>{t('superuser')}</Head>
            <Head>{t('created')}</Head>
            <Head>{t('updated')}</Head>
            <Head>{t('lastLogin')}</Head>
            <Head label={t('actions')} />
          </HeadRow>
          <tbody>
            {users.map((user) => (
              <Row key={user.id}>
                <Cell className="font-medium">{user.username}</Cell>
                <Cell className="max-w-28 truncate font-mono text-text-muted text-xs" title={user.id}>
                  {user.id}
                </Cell>
                <Cell>
                  <Checkbox
                    checked={user.is_active}
                    disabled={user.id === session?.user?.id}
                    label={t('activeOf', { name: user.username })}
                    onChange={() => void toggle(user, 'is_active')}
                  />
                </Cell>
                <Cell>
                  <Checkbox
                    checked={user.is_superuser}
                    disabled={user.id === session?.user?.id}
                    label={t('superuserOf', { name: user.username })}
                    onChange={() => void toggle(user, 'is_superuser')}
                  />
                </Cell>
                <Cell className="text-text-muted">
                  <Time at={user.create_at} />
                </Cell>
                <Cell className="text-text-muted">
                  <Time at={user.updated_at} />
                </Cell>
                <Cell className="text-text-muted">
                  <Time at={user.last_login_at} />
                </Cell>
                <Cell className="w-24">
                  <div className="flex justify-end">
                    <IconButton label={t('edit', { name: user.username })} onClick={() => setEdited(user)}>
                      <Pencil size={16} />
                    </IconButton>
                    <IconButton
                      label={t('delete', { name: user.username })}
                      disabled={user.id === session?.user?.id}
                      onClick={() => void remove(user)}
                    >
                      <Trash2 size={16} />
                    </IconButton>
                  </div>
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      ) : null}
      {data && data.total_count > 12 ? (
        <Pagination total={data.total_count} page={asked.page} size={asked.size} onChange={setState} />
      ) : null}
      {edited ? <UserDialog user={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} /> : null}
    </Page>
  )
}
