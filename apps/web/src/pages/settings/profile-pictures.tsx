import { listProfilePictures } from '@runnel/protocol/profile-pictures'
import { type UserRead, updateUser } from '@runnel/protocol/users'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client, queryClient } from '../../api/client.ts'
import { sessionQuery } from '../../api/session.ts'
import { pictureAddress } from '../../app/profile-picture.ts'
import { attempt } from '../../ui/attempt.ts'
import { classNames } from '../../ui/class-names.ts'

/** The pictures a user can choose from. */
export function ProfilePictures({ user }: { readonly user: UserRead }): ReactNode {
  const { t } = useTranslation('settings')
  const { data: files = [] } = useQuery({
    queryKey: ['profile-pictures'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => (await client.call(listProfilePictures, { signal })).files,
  })
  const choose = async (profile_image: string): Promise<void> => {
    await attempt(t('picture.failed'), () =>
      client.call(updateUser, { params: { user_id: user.id }, body: { profile_image } }),
    )
    await queryClient.invalidateQueries(sessionQuery)
  }
  return (
    <fieldset>
      <legend className="mb-2 font-semibold">{t('picture.title')}</legend>
      <div className="flex max-w-3xl flex-wrap gap-2">
        {files.map((file) => (
          <button
            key={file}
            type="button"
            aria-pressed={file === user.profile_image}
            aria-label={t('picture.choose', { name: file.replace(/^.*\/|\.\w+$/g, '') })}
            onClick={() => void choose(file)}
            className={classNames(
              'size-12 overflow-hidden rounded-full border-2',
              file === user.profile_image ? 'border-accent' : 'border-transparent hover:border-border-strong',
            )}
          >
            <img src={pictureAddress(file)} alt="" loading="lazy" width={48} height={48} />
          </button>
        ))}
      </div>
    </fieldset>
  )
}
