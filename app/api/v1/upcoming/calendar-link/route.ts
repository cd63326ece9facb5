export {
  calendarLink as POST,
  calendarLinkRevocation as DELETE,
} from "@/lib/web/api/answers/upcoming";
