/** A title a person gets mails about, once however many requests of it they are attached to. */
export type FollowedTitle = {
  /** One of its requests: names the title in links. */
  requestId: number;
  title: string;
  year: number | null;
  mediaType: "movie" | "tv";
  how: "asked" | "admin" | "link";
  isMuted: boolean;
};
