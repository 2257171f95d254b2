/** How long a link may be before tools cut it off, in plain words. */
export interface LengthVerdict {
  readonly words: string;
  readonly tone: 'good' | 'warning' | 'bad';
}

/** Chat tools cut messages at 2,000 characters. */
const CHAT = 2_000;
/** What mail programs and wikis still keep in one piece. */
const MAIL = 8_000;

export function judgeLength(length: number): LengthVerdict {
  if (length < CHAT) return { words: 'fits in any chat', tone: 'good' };
  if (length < MAIL)
    return { words: 'fits in mails and documents, but some chat tools cut it off', tone: 'warning' };
  return { words: 'is too long for many tools; send a file instead', tone: 'bad' };
}
