/** The name of the fragment of the Y.Doc that holds the body. */
export const BODY = 'body';
