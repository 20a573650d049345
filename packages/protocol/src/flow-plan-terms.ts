/** The longest description a flow is made from, in characters. */
export const LONGEST_FLOW_WISH = 2000
