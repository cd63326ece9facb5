export {
  instanceChange as PATCH,
  instanceRemove as DELETE,
} from "@/lib/web/api/answers/instances";
