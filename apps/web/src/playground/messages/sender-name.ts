import { useTranslation } from 'react-i18next'

/** Chat Inputs name whoever writes so, unless somebody has named them otherwise. */
const USUAL = 'User'

/** What to call who has said something. */
export function useSenderName(senderName: string): string {
  const { t } = useTranslation('playground')
  return senderName === USUAL ? t('message.user') : senderName
}
