"""Choosing which text comes when: never again within months, sequels after what they follow."""

from datetime import date, timedelta
from random import Random

from recul.demo.scenes import Scene, scenes

REST = timedelta(days=120)


class Casting:
    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.used: dict[Scene, list[date]] = {}
        self.due: list[tuple[date, Scene]] = []

    def next(self, day: date, slot: str, pressure: float) -> Scene | None:
        """A scene for that time; `pressure`, 0 to 1, makes heavy ones likelier."""
        chosen = self._sequel(day) or self._fresh(day, slot, pressure)
        if chosen:
            self.used.setdefault(chosen, []).append(day)
            self._announce_sequel(chosen, day)
        return chosen

    def _sequel(self, day: date) -> Scene | None:
        for number, (earliest, scene) in enumerate(self.due):
            if earliest <= day:
                del self.due[number]
                return scene
        return None

    def _fresh(self, day: date, slot: str, pressure: float) -> Scene | None:
        fitting = [scene for scene in scenes() if self._fits(scene, day, slot)]
        mood = self._mood(pressure)
        candidates = [scene for scene in fitting if scene.mood == mood] or fitting
        fewest = min((self._uses(scene) for scene in candidates), default=0)
        unworn = [scene for scene in candidates if self._uses(scene) == fewest]
        return self.chance.choice(unworn) if unworn else None

    def _fits(self, scene: Scene, day: date, slot: str) -> bool:
        rested = not self._uses(scene) or day - self.used[scene][-1] > REST
        return (
            scene.follows is None
            and rested
            and slot in scene.slots
            and day.month in (scene.months or (day.month,))
            and day.weekday() in (scene.days or (day.weekday(),))
        )

    def _mood(self, pressure: float) -> str:
        drawn = self.chance.random()
        if drawn < 0.55 * pressure:
            return "heavy"
        return "light" if drawn > 0.55 + 0.45 * pressure else "usual"

    def _uses(self, scene: Scene) -> int:
        return len(self.used.get(scene, ()))

    def _announce_sequel(self, chosen: Scene, day: date) -> None:
        after = scenes().index(chosen) + 1
        following = scenes()[after] if after < len(scenes()) else None
        if following and following.follows is not None:
            self.due.append((day + timedelta(days=following.follows), following))
