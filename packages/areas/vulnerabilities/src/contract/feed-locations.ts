import { z } from "zod";
import { Text } from "./text.ts";

/** A folder on this machine or an http(s) address under which the feed files lie. Only an administrator gives one. */
export const FeedLocation = z.string().min(1).max(2048);

/** Hours between two looks at a location: an hour to a month. */
export const everyHoursDefault = 24;

/** With what an address is asked. Header values hold no control characters. */
export const FeedCredential = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("basic"),
    username: z
      .string()
      .min(1)
      .max(256)
      .regex(/^[^:\p{Cc}]*$/u, "A user name has no colon."),
    password: z.string().max(1_024),
  }),
  z.strictObject({
    kind: z.literal("bearer"),
    token: z
      .string()
      .max(8_192)
      .regex(/^[\w.~+/-]+=*$/, "A token is made of letters, digits and -._~+/ alone."),
  }),
]);
export type FeedCredential = z.infer<typeof FeedCredential>;

/** What a request to a feed's address carries besides the address. */
export const FeedAccess = z.object({
  credential: FeedCredential.nullable(),
  /** Certificates in PEM form; with them, only servers that they vouch for are believed. */
  caCertificate: z.string().max(65_536).nullable(),
});
export type FeedAccess = z.infer<typeof FeedAccess>;

/** A location that is looked at by itself. A credential or certificate that is not given stays; null takes it away. */
export const SaveFeedLocation = z.object({
  location: FeedLocation,
  everyHours: z.int().min(1).max(720).default(everyHoursDefault),
  isEnabled: z.boolean().default(true),
  credential: FeedAccess.shape.credential.optional(),
  caCertificate: FeedAccess.shape.caCertificate.optional(),
});
export type SaveFeedLocation = z.infer<typeof SaveFeedLocation>;

export const RemoveFeedLocation = z.object({ location: FeedLocation });
export type RemoveFeedLocation = z.infer<typeof RemoveFeedLocation>;

export const FeedLocationStatus = z.object({
  location: Text,
  everyHours: z.int().positive(),
  isEnabled: z.boolean(),
  /** The kind of the stored credential; what it says is never handed out. */
  credential: z.enum(["basic", "bearer"]).nullable(),
  hasOwnAuthority: z.boolean(),
  attemptedAt: z.iso.datetime().nullable(),
  succeededAt: z.iso.datetime().nullable(),
  /** Null as long as nobody has looked. `partial`: some feeds were refused, and say why themselves. */
  outcome: z.enum(["imported", "unchanged", "partial", "failed"]).nullable(),
  problem: Text.nullable(),
  nextAttemptAt: z.iso.datetime(),
});
export type FeedLocationStatus = z.infer<typeof FeedLocationStatus>;

/** Locations of one installation, far above what anybody needs. */
export const feedLocationsMax = 100;
