import { publishFlow } from '@runnel/protocol/publications'
import i18next from 'i18next'
import { client } from '../api/client.ts'
import { publicationsChanged } from '../api/publications.ts'
import { confirm } from '../ui/confirm.tsx'
import { notify } from '../ui/notifications.tsx'
import { refusalOf } from './refusal.ts'

/** Asks, then publishes a flow as it is saved. What stands in the way is listed in a notice, to be mended in the editor. */
export async function publish({ id, name }: { readonly id: string; readonly name: string }): Promise<void> {
  await i18next.loadNamespaces('api')
  const t = i18next.getFixedT(null, 'api')
  const yes = await confirm({
    title: t('publishSaved.title', { name }),
    text: t('publishSaved.text'),
    confirm: t('publishSaved.confirm'),
  })
  if (!yes) return
  try {
    const { version } = await client.call(publishFlow, { params: { flow_id: id } })
    notify('success', t('call.published', { version }))
  } catch (error) {
    const { problems = [], breaking = [], message } = refusalOf(error)
    const details = [...problems, ...breaking].map((one) => one.message)
    notify('error', t('publishSaved.failed', { name }), { details: message === undefined ? details : [message] })
  }
  await publicationsChanged()
}
