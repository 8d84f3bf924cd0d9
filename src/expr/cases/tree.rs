//! A condition taken apart: what joins its parts, and the tests at its leaves, each of a subject. What is
//! asked twice, in whatever words, is one subject.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::expr::ast::Comparison;
use crate::expr::cases::domain::{ELSEWHERE, Point, places};
use crate::expr::cases::term::{Term, is_required, print, same, same_path};
use crate::expr::mark::Sort;
use crate::expr::program::{Constant, Function, Op, OpId};
use crate::schema::Shapes;
use crate::work;

/// A node, by its place in its [`Tree`].
pub(super) type NodeId = usize;

/// A part of a condition and the term that it was.
pub(super) struct Node<'c> {
    pub(super) term: Term<'c>,
    pub(super) form: Form<'c>,
}

/// What a node is.
pub(super) enum Form<'c> {
    /// True or false, whatever the document says.
    Fixed(bool),
    /// A test of a subject.
    Leaf(usize, Test<'c>),
    Not(NodeId),
    And(NodeId, NodeId),
    Or(NodeId, NodeId),
    Cond(NodeId, NodeId, NodeId),
    /// A field is there when its object is and it is in it; for the reader it is one question.
    Path(NodeId, NodeId),
}

/// What a leaf asks of its subject.
pub(super) enum Test<'c> {
    /// Is it true, or there?
    Is,
    /// A comparison with a point, whose place is known once all leaves are there.
    Compare(Comparison, Point<'c>, usize),
    /// Is it one of these points, whose places are then known and sorted?
    OneOf(Vec<Point<'c>>, Vec<usize>),
    /// How do its two sides compare?
    Sides(Comparison),
}

/// What is tested.
#[derive(Clone, Copy)]
enum Key<'c> {
    /// The value of a term.
    Value(Term<'c>),
    /// Whether a field is there, given that its object is.
    Presence(Term<'c>),
    /// How two terms compare.
    Sides(Term<'c>, Term<'c>),
    /// Whether a term is true.
    Truth(Term<'c>),
}

/// What leaves test, with the values that it can have.
pub(super) struct Subject<'c> {
    key: Key<'c>,
    /// What its values are like wherever it is asked.
    sort: Sort,
    /// What it is compared with, sorted once all leaves are there.
    points: Vec<Point<'c>>,
    is_ordered: bool,
    /// The places that it can have.
    pub(super) places: Vec<usize>,
}

/// The parts of some conditions, children before parents.
pub(super) struct Tree<'c> {
    shapes: &'c Shapes,
    pub(super) nodes: Vec<Node<'c>>,
    pub(super) subjects: Vec<Subject<'c>>,
    /// The subjects by what is equal for equal ones.
    known: HashMap<u64, Vec<usize>>,
}

impl<'c> Tree<'c> {
    pub(super) fn new(shapes: &'c Shapes) -> Self {
        Self {
            shapes,
            nodes: Vec::new(),
            subjects: Vec::new(),
            known: HashMap::new(),
        }
    }

    fn push(&mut self, term: Term<'c>, form: Form<'c>) -> NodeId {
        work::count(1);
        self.nodes.push(Node { term, form });
        self.nodes.len() - 1
    }

    /// Takes a condition apart.
    pub(super) fn grow(&mut self, term: Term<'c>) -> NodeId {
        let form = match term.op() {
            Op::Const(Constant::Bool(value)) => Form::Fixed(*value),
            Op::Not(operand) => Form::Not(self.grow(term.at(*operand))),
            Op::And(left, right) => {
                let left = self.grow(term.at(*left));
                Form::And(left, self.grow(term.at(*right)))
            }
            Op::Or(left, right) => {
                let left = self.grow(term.at(*left));
                Form::Or(left, self.grow(term.at(*right)))
            }
            Op::Cond(condition, yes, no) => {
                let condition = self.grow(term.at(*condition));
                let yes = self.grow(term.at(*yes));
                Form::Cond(condition, yes, self.grow(term.at(*no)))
            }
            Op::Has(operand) => return self.presence(term, term.at(*operand)),
            Op::Call(Function::HasValue, args) => match args.first().map(|arg| term.at(*arg)) {
                Some(arg) if arg.step().is_some_and(|(_, field)| field.place.is_some()) => {
                    return self.presence(term, arg);
                }
                _ => self.truth(term),
            },
            Op::Compare(comparison, left, right) => {
                return self.comparison(term, *comparison, (*left, *right));
            }
            Op::In(needle, list, _) => self.membership(term, term.at(*needle), term.at(*list)),
            _ => self.truth(term),
        };
        self.push(term, form)
    }

    /// Whether the field at the end of a path is there, asked by `term`.
    pub(super) fn presence(&mut self, term: Term<'c>, path: Term<'c>) -> NodeId {
        let Some((object, field)) = path.step() else {
            return self.push(term, Form::Fixed(true));
        };
        let object = object.step().is_some().then(|| self.presence(term, object));
        let object = object.filter(|node| !matches!(self.nodes[*node].form, Form::Fixed(true)));
        let form = if is_required(self.shapes, field) {
            match object {
                Some(object) => return object,
                None => Form::Fixed(true),
            }
        } else {
            self.leaf(Key::Presence(path), Test::Is)
        };
        let own = self.push(term, form);
        match object {
            Some(object) => self.push(term, Form::Path(object, own)),
            None => own,
        }
    }

    fn truth(&mut self, term: Term<'c>) -> Form<'c> {
        self.leaf(Key::Truth(term), Test::Is)
    }

    fn comparison(
        &mut self,
        term: Term<'c>,
        comparison: Comparison,
        (left, right): (OpId, OpId),
    ) -> NodeId {
        let (left, right) = (term.at(left), term.at(right));
        let equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        for (condition, constant) in [(left, right), (right, left)] {
            if let (Some(Constant::Bool(value)), Sort::Bool, true) =
                (constant.constant(), condition.sort(), equality)
            {
                let inner = self.grow(condition);
                let agrees = *value == (comparison == Comparison::Equal);
                return if agrees {
                    inner
                } else {
                    self.push(term, Form::Not(inner))
                };
            }
        }
        let form = match (left.is_constant(), right.is_constant()) {
            (true, true) => self.settled(term, comparison, (left, right)),
            (false, true) => self.compared(term, comparison, (left, right)),
            (true, false) => self.compared(term, comparison.flipped(), (right, left)),
            (false, false) => {
                let (key, is_mirrored) = self.sides(left, right);
                let asked = if is_mirrored {
                    comparison.flipped()
                } else {
                    comparison
                };
                self.leaf(key, Test::Sides(asked))
            }
        };
        self.push(term, form)
    }

    /// A comparison of two constants.
    fn settled(
        &mut self,
        term: Term<'c>,
        comparison: Comparison,
        (left, right): (Term<'c>, Term<'c>),
    ) -> Form<'c> {
        let sort = left.sort();
        match (Point::read(left, sort), Point::read(right, sort)) {
            (Some(a), Some(b)) => Form::Fixed(comparison.admits(a.partial_cmp(&b))),
            _ => self.truth(term),
        }
    }

    /// A comparison of a value with a constant.
    fn compared(
        &mut self,
        term: Term<'c>,
        comparison: Comparison,
        (value, constant): (Term<'c>, Term<'c>),
    ) -> Form<'c> {
        let equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        let sort = value.sort();
        let has_order = !matches!(sort, Sort::Any | Sort::Word(_));
        match Point::read(constant, sort) {
            Some(point) if equality || has_order => self.leaf(
                Key::Value(value),
                Test::Compare(comparison, point, ELSEWHERE),
            ),
            _ => self.truth(term),
        }
    }

    fn membership(&mut self, term: Term<'c>, needle: Term<'c>, list: Term<'c>) -> Form<'c> {
        let sort = needle.sort();
        let points = list
            .items()
            .and_then(|items| items.map(|item| Point::read(item, sort)).collect());
        let points: Option<Vec<Point<'c>>> = points;
        match points {
            Some(points) if needle.is_constant() => match Point::read(needle, sort) {
                Some(needle) => Form::Fixed(points.contains(&needle)),
                None => self.truth(term),
            },
            Some(points) => self.leaf(Key::Value(needle), Test::OneOf(points, Vec::new())),
            None => self.truth(term),
        }
    }

    /// The subject that two sides are, and whether it knows them the other way round.
    fn sides(&self, left: Term<'c>, right: Term<'c>) -> (Key<'c>, bool) {
        let alike = self.known.get(&Key::Sides(left, right).print());
        let mut alike = alike.into_iter().flatten();
        let is_mirrored = alike.any(|place| match self.subjects[*place].key {
            Key::Sides(a, b) => !same(a, b) && same(a, right) && same(b, left),
            _ => false,
        });
        if is_mirrored {
            return (Key::Sides(right, left), true);
        }
        (Key::Sides(left, right), false)
    }

    fn leaf(&mut self, key: Key<'c>, test: Test<'c>) -> Form<'c> {
        let alike = self.known.entry(key.print()).or_default();
        let mut known = alike.iter().copied();
        let known = known.find(|place| self.subjects[*place].key.is(key));
        let sort = key.sort();
        let place = known.unwrap_or_else(|| {
            alike.push(self.subjects.len());
            self.subjects.push(Subject {
                key,
                sort,
                points: Vec::new(),
                is_ordered: false,
                places: Vec::new(),
            });
            self.subjects.len() - 1
        });
        let subject = &mut self.subjects[place];
        // A condition may have narrowed it in one place and not in another.
        if subject.sort != sort {
            subject.sort = Sort::Any;
        }
        match &test {
            Test::Compare(comparison, point, _) => {
                subject.points.push(*point);
                subject.is_ordered |= is_order(*comparison);
            }
            Test::OneOf(points, _) => subject.points.extend(points),
            Test::Sides(comparison) => subject.is_ordered |= is_order(*comparison),
            Test::Is => {}
        }
        Form::Leaf(place, test)
    }

    /// Gives every subject the places that it can have, and every test those of its points, once all leaves are
    /// there.
    pub(super) fn settle(&mut self) {
        for subject in &mut self.subjects {
            subject.settle(self.shapes);
        }
        for node in &mut self.nodes {
            if let Form::Leaf(subject, test) = &mut node.form {
                self.subjects[*subject].place_points(test);
            }
        }
    }
}

const fn is_order(comparison: Comparison) -> bool {
    !matches!(comparison, Comparison::Equal | Comparison::NotEqual)
}

impl Key<'_> {
    fn is(self, other: Self) -> bool {
        match (self, other) {
            (Self::Value(a), Self::Value(b)) | (Self::Truth(a), Self::Truth(b)) => same(a, b),
            (Self::Presence(a), Self::Presence(b)) => same_path(a, b),
            (Self::Sides(a, b), Self::Sides(c, d)) => same(a, c) && same(b, d),
            _ => false,
        }
    }
}

impl Key<'_> {
    /// Equal for keys of one subject, and for sides that are mirrored.
    fn print(self) -> u64 {
        match self {
            Self::Value(term) => print(term),
            Self::Truth(term) => print(term).rotate_left(1),
            Self::Presence(term) => print(term).rotate_left(2),
            Self::Sides(left, right) => print(left).wrapping_add(print(right)).rotate_left(3),
        }
    }

    fn sort(self) -> Sort {
        match self {
            Self::Value(term) => term.sort(),
            Self::Sides(left, right) => match left.sort() {
                sort if sort.may_differ_from_itself() => Sort::Any,
                _ if right.sort().may_differ_from_itself() => Sort::Any,
                _ => Sort::Whole,
            },
            Self::Presence(_) | Self::Truth(_) => Sort::Bool,
        }
    }
}

impl<'c> Subject<'c> {
    fn settle(&mut self, shapes: &Shapes) {
        self.points
            .sort_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
        self.points.dedup();
        self.places = match self.key {
            Key::Value(term) => places((term, self.sort), &self.points, self.is_ordered, shapes),
            Key::Presence(_) | Key::Truth(_) => vec![0, 1],
            Key::Sides(left, right) => self.orders(left, right),
        };
        self.places.sort_unstable();
    }

    /// Notes the places of the points of a test.
    fn place_points(&self, test: &mut Test<'c>) {
        let at = |point: &Point<'c>| {
            let order = |known: &Point<'c>| known.partial_cmp(point).unwrap_or(Ordering::Equal);
            let found = self.points.binary_search_by(order).ok();
            found.map(|point| 2 * point + 1)
        };
        match test {
            Test::Compare(_, point, place) => *place = at(point).unwrap_or(ELSEWHERE),
            Test::OneOf(points, places) => {
                places.extend(points.iter().filter_map(at));
                places.sort_unstable();
            }
            Test::Is | Test::Sides(_) => {}
        }
    }

    /// How two terms can stand to each other: 0, 1 and 2 are less, equal and greater.
    fn orders(&self, left: Term<'c>, right: Term<'c>) -> Vec<usize> {
        let mut places = vec![1];
        let is_same = same(left, right);
        if self.is_ordered && !is_same {
            places.extend([0, 2]);
        }
        if self.sort == Sort::Any || !(self.is_ordered || is_same) {
            places.push(ELSEWHERE);
        }
        places
    }

    /// Returns whether a test holds at some of these places, which are sorted, and whether it fails at some.
    pub(super) fn outcomes(test: &Test<'c>, places: &[usize]) -> (bool, bool) {
        let among = |wanted: &[usize]| {
            let mut wanted = wanted.to_vec();
            wanted.dedup();
            wanted.retain(|place| *place != ELSEWHERE && places.binary_search(place).is_ok());
            (!wanted.is_empty(), wanted.len() < places.len())
        };
        match test {
            Test::Compare(Comparison::Equal, _, point) => among(&[*point]),
            Test::Compare(Comparison::NotEqual, _, point) => {
                let (is_equal, differs) = among(&[*point]);
                (differs, is_equal)
            }
            Test::OneOf(_, wanted) => among(wanted),
            // Along an order a test changes once; last may be a place that has none.
            Test::Is | Test::Sides(_) | Test::Compare(..) if places.len() > 3 => {
                let [.., before, last] = places else {
                    return (false, false);
                };
                Self::outcomes(test, &[places[0], *before, *last])
            }
            Test::Is | Test::Sides(_) | Test::Compare(..) => {
                let at = |wanted: bool| {
                    places
                        .iter()
                        .any(|place| Self::holds(test, *place) == wanted)
                };
                (at(true), at(false))
            }
        }
    }

    /// Returns whether a test whose points have places holds at a place.
    pub(super) fn holds(test: &Test<'c>, place: usize) -> bool {
        work::count(1);
        let order = |point: usize| {
            let has_order = place != ELSEWHERE && point != ELSEWHERE;
            has_order.then(|| place.cmp(&point))
        };
        match test {
            Test::Is => place == 1,
            Test::Sides(comparison) => comparison.admits(order(1)),
            Test::Compare(comparison, _, point) => comparison.admits(order(*point)),
            Test::OneOf(_, places) => places.binary_search(&place).is_ok(),
        }
    }
}
