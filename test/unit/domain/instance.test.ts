import { expect, test } from "vitest";
import { type Instance, readInstances, resolveInstance } from "@/lib/domain/instance";

const env = {
  SONARR_URL: "http://sonarr:8989/",
  SONARR_API_KEY: "a",
  SONARR_ANIME_URL: "https://example.net/sonarr-anime",
  SONARR_ANIME_API_KEY: "b",
  RADARR_URL: "http://radarr:7878",
  RADARR_API_KEY: "c",
  RADARR_4K_URL: "http://radarr4k:7878",
  RADARR_4K_API_KEY: "d",
};

test("instances are read from names like those of the environment", () => {
  const { instances, problems } = readInstances(env);
  expect(problems).toEqual([]);
  expect(instances.map(({ key, name, isFourK }) => [key, name, isFourK])).toEqual([
    ["radarr", "Radarr", false],
    ["radarr-4k", "Radarr 4K", true],
    ["sonarr", "Sonarr", false],
    ["sonarr-anime", "Sonarr Anime", false],
  ]);
  expect(instances[2]).toMatchObject({ url: "http://sonarr:8989", apiKey: "a", kind: "sonarr" });
});

test("names and class can be said outright", () => {
  const one = { SONARR_2_URL: "http://s:1", SONARR_2_API_KEY: "k" };
  expect(readInstances({ ...one, SONARR_2_NAME: "Shows UHD" }).instances[0]).toMatchObject({
    key: "sonarr-2",
    name: "Shows UHD",
    isFourK: true,
  });
  expect(readInstances({ ...one, SONARR_2_IS_4K: "true" }).instances[0]?.isFourK).toBe(true);
  expect(
    readInstances({ ...one, SONARR_2_NAME: "4K", SONARR_2_IS_4K: "false" }).instances[0]?.isFourK,
  ).toBe(false);
});

test("what is not complete is named and left out", () => {
  const { instances, problems } = readInstances({
    SONARR_URL: "http://sonarr:8989",
    RADARR_URL: "radarr:7878",
    RADARR_API_KEY: "c",
    RADARR_4K_URL: "",
  });
  expect(instances).toEqual([]);
  expect(problems.map((problem) => problem.name)).toEqual(["SONARR_URL", "RADARR_URL"]);
});

const instances: Instance[] = readInstances(env).instances;
const resolve = (hint: Partial<Parameters<typeof resolveInstance>[1]>, of = instances) =>
  resolveInstance(of, {
    kind: "sonarr",
    pathInstance: null,
    instanceName: null,
    applicationUrl: null,
    ...hint,
  })?.key ?? null;

test("the path names the instance, and one it does not know is nobody's", () => {
  expect(resolve({ pathInstance: "anime" })).toBe("sonarr-anime");
  expect(resolve({ pathInstance: "Sonarr-Anime" })).toBe("sonarr-anime");
  expect(resolve({ pathInstance: "sonarr" })).toBe("sonarr");
  expect(resolve({ pathInstance: "kids" })).toBeNull();
  expect(resolve({ kind: "radarr", pathInstance: "anime" })).toBeNull();
});

test("without a path its address tells, then its name, then it is the default one", () => {
  expect(resolve({ applicationUrl: "https://example.net/sonarr-anime/" })).toBe("sonarr-anime");
  expect(resolve({ instanceName: "sonarr anime" })).toBe("sonarr-anime");
  expect(resolve({ applicationUrl: "http://other:1", instanceName: "Sonarr Anime" })).toBe(
    "sonarr-anime",
  );
  expect(resolve({ instanceName: "Somebody else's" })).toBe("sonarr");
  expect(resolve({})).toBe("sonarr");
});

test("one of two without a default cannot be guessed, one alone needs no guess", () => {
  const named = instances.filter((i) => i.key !== "sonarr" && i.kind === "sonarr");
  const two = [...named, { ...(named[0] as Instance), key: "sonarr-kids", name: "Kids" }];
  expect(resolve({}, two)).toBeNull();
  expect(resolve({}, named)).toBe("sonarr-anime");
  expect(resolve({}, [])).toBeNull();
});
