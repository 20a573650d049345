import { createContext } from 'react'

/** Whether what is drawn stands in a modal dialog, which takes the focus back from all that is not modal itself. */
export const InDialog = createContext(false)
