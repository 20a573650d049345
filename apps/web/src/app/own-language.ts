import { type UserRead, updateUser } from '@runnel/protocol/users'
import i18next from 'i18next'
import { client, queryClient } from '../api/client.ts'
import { sessionQuery } from '../api/session.ts'
import { isLanguage, type Language, setLanguage } from '../i18n/i18n.ts'
import { attempt } from '../ui/attempt.ts'

/** Shows a language, here and wherever else the user signs in. */
export async function chooseLanguage(language: Language): Promise<void> {
  await setLanguage(language)
  const user = queryClient.getQueryData(sessionQuery.queryKey)?.user
  if (!user) return
  await attempt(i18next.t('common:ownLanguage.unsaved'), async () => {
    const body = { optins: { language } }
    const changed = await client.call(updateUser, { params: { user_id: user.id }, body })
    queryClient.setQueryData(sessionQuery.queryKey, (session) => session && { ...session, user: changed })
  })
}

/** Shows the language a user chose, be it on another machine: it goes before what this browser remembers. */
export async function speakTo({ optins: { language } }: Pick<UserRead, 'optins'>): Promise<void> {
  if (isLanguage(language) && language !== i18next.language) await setLanguage(language)
}
