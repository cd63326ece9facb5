export {
  mailLogo as GET,
  mailLogoChange as PUT,
  mailLogoRemoval as DELETE,
} from "@/lib/web/api/answers/appearance";
