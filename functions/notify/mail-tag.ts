/** The tag that a mail goes out with through SES: what it is known by, so that what comes back is known too. */
export const MAIL_TAG = 'mail';
