from tqdm import tqdm


class Bar:
    """A progress bar for one step of a command; it watches a job."""

    def __init__(self, label: str) -> None:
        self.bar = tqdm(
            desc=label, unit="", bar_format="{desc}：{percentage:3.0f}% |{bar}| {n_fmt}/{total_fmt}", total=1
        )

    def __call__(self, done: int, total: int, note: str = "") -> None:
        self.bar.total = max(total, 1)
        self.bar.update(max(done, 0 if total else 1) - self.bar.n)

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *problem: object) -> None:
        self.bar.close()
