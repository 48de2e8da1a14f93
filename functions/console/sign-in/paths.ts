/** Where the issuer sends people back to after signing in and out; registered there. */
export const callbackPath = '/console/callback';
export const signedOutPath = '/console/signed-out';
